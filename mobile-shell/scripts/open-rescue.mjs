/**
 * Opens a rescue file of a phone: `node mobile-shell/scripts/open-rescue.mjs FILE FOLDER`.
 * Asks for the passphrase (or reads it from WORKBOOK_RESCUE_PASSPHRASE), writes the file's parts into
 * a new folder. The format is described in docs/rescue-format.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { argon2id } from 'hash-wasm';

const MAGIC = 'family-workbook-rescue 1\n';

/** Parts of a rescue file: `{ name, type, bytes }`. Throws an Error for people. */
export async function openRescue(file, passphrase) {
  const bytes = new Uint8Array(file);
  const headEnd = bytes.indexOf(10, MAGIC.length);
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC || headEnd < 0) {
    throw new Error('this is not a rescue file of Family Workbook, or it was cut off');
  }
  const head = bytes.slice(0, headEnd + 1);
  const { kdf, cipher } = JSON.parse(new TextDecoder().decode(bytes.subarray(MAGIC.length, headEnd)));
  if (kdf?.name !== 'argon2id' || cipher?.name !== 'AES-256-GCM' || !(kdf.memoryKib <= 1024 * 1024) || !(kdf.iterations <= 64)) {
    throw new Error('this file was sealed in a way that this program does not know');
  }
  const secret = await argon2id({
    password: passphrase.normalize('NFKC').trim(),
    salt: Buffer.from(kdf.salt, 'base64'),
    memorySize: kdf.memoryKib,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary',
  });
  const wrapping = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['unwrapKey']);
  const body = bytes.subarray(headEnd + 1);
  let plain;
  try {
    const how = { name: 'AES-GCM', iv: body.slice(0, 12) };
    const key = await crypto.subtle.unwrapKey('raw', body.slice(12, 60), wrapping, how, 'AES-GCM', false, ['decrypt']);
    const iv = Buffer.from(cipher.nonce, 'base64');
    plain = new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: head }, key, body.slice(60)));
  } catch {
    throw new Error('the passphrase is not right, or the file was changed');
  }
  return unpacked(plain);
}

function unpacked(plain) {
  const parts = [];
  for (let at = 0; at < plain.length; ) {
    const length = new DataView(plain.buffer, plain.byteOffset + at, 4).getUint32(0);
    const head = JSON.parse(new TextDecoder().decode(plain.subarray(at + 4, at + 4 + length)));
    const start = at + 4 + length;
    parts.push({ name: head.name, type: head.type, bytes: plain.subarray(start, start + head.length) });
    at = start + head.length;
  }
  return parts;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === resolve(process.argv[1])) {
  const [file, folder] = process.argv.slice(2);
  if (file === undefined || folder === undefined) {
    console.error('usage: node open-rescue.mjs FILE FOLDER');
    process.exit(2);
  }
  try {
    let passphrase = process.env.WORKBOOK_RESCUE_PASSPHRASE;
    if (passphrase === undefined) {
      const asking = createInterface({ input: process.stdin, output: process.stderr });
      passphrase = await asking.question('Passphrase of the rescue file: ');
      asking.close();
    }
    const parts = await openRescue(readFileSync(file), passphrase);
    // A new folder that only its owner reads; a part's name is never a path.
    mkdirSync(folder, { mode: 0o700 });
    for (const { name, bytes } of parts) {
      writeFileSync(join(folder, basename(name)), bytes, { mode: 0o600, flag: 'wx' });
      console.log(`${basename(name)}: ${bytes.length} bytes`);
    }
  } catch (error) {
    console.error(`rescue: ${error.message}`);
    process.exit(1);
  }
}
