/** A real `workbook serve --sample` on a free port, which a story can kill and start again. */

import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILDS } from './built';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LIMIT_MS = 60_000;

/** The server's program: WORKBOOK_BIN, or what cargo built. */
export function program(): string {
  const target = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
  const found = [process.env.WORKBOOK_BIN, join(target, 'debug/workbook'), join(target, 'release/workbook')].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined) {
    throw new Error('build the server first: cargo build --package cli --bin workbook, or name it in WORKBOOK_BIN');
  }
  return found;
}

/** One server with its database and the app that it serves. */
export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), 'workbook-story-'));
  readonly #more: string[];
  #process: ChildProcess | undefined;
  #port = 0;
  /** Sign-in names of the sample. */
  people: string[] = [];
  password = '';

  private constructor(more: string[]) {
    this.#more = more;
  }

  static async start(...more: string[]): Promise<Server> {
    const server = new Server(more);
    server.serveBuild('one');
    await server.run();
    return server;
  }

  /** `localhost`, because passkeys don't know numbers. */
  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Puts another version of the app in place. */
  serveBuild(version: 'one' | 'two'): void {
    const app = join(this.#folder, 'app');
    rmSync(app, { recursive: true, force: true });
    cpSync(join(BUILDS, version), app, { recursive: true });
  }

  /** Starts it, on the same port as before. */
  async run(): Promise<void> {
    const fresh = this.password === '';
    const database = join(this.#folder, 'server.db');
    const listen = `127.0.0.1:${this.#port}`;
    const child = spawn(
      program(),
      ['serve', ...(fresh ? ['--sample'] : []), '--db', database, '--listen', listen, '--app', join(this.#folder, 'app'), ...this.#more],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server did not start: ${said}`)), LIMIT_MS);
      const ready = fresh ? /password of each is (\S+)/ : /listening on/;
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString();
        if (ready.test(said)) {
          clearTimeout(timer);
          resolve();
        }
      });
      child.on('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`the server ended with ${code}: ${said}`));
      });
    });
    this.#port = Number(/listening on http:\/\/[^:]+:(\d+)/.exec(said)?.[1]);
    this.password ||= /password of each is (\S+)/.exec(said)?.[1] ?? '';
    this.people = /sign in as (.+)/.exec(said)?.[1]?.split(', ') ?? this.people;
  }

  /** No warning, as when the cable is pulled. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child !== undefined && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.removeAllListeners('exit');
      child.once('exit', () => undefined);
      child.kill('SIGKILL');
      await Promise.race([ended, new Promise((resolve) => child.once('close', resolve))]);
    }
  }

  /** Takes a person's device out of use, as its owner from a browser. */
  async revoke(person: string, device: string): Promise<void> {
    const session = await fetch(`${this.url}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sign_in: person, password: this.password }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await fetch(`${this.url}/api/devices/${device}/revoke`, { method: 'POST', headers: { cookie } });
    if (!answer.ok) {
      throw new Error(`revoking failed with ${answer.status}`);
    }
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
