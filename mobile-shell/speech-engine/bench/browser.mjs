// A server with the headers that threads need, and a headless Chromium whose page does what it is told and answers.
//
// No dependencies: the page gets its script from here and posts its result back.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createReadStream, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";

const TYPES = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const ISOLATED = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
};

export const chromium =
    process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/**
 * Opens a page that runs `script` (source of an async function without parameters) and resolves with what it returns.
 * `files` maps URL paths to files or folders. `isolated: false` leaves the headers for threads away.
 */
export async function inBrowser({ script, files, isolated = true, seconds = 1800, onStart }) {
    if (!chromium) throw new Error("Chromium is missing: install it, or say where in CHROMIUM");
    const profile = mkdtempSync(join(tmpdir(), "speech-bench-"));
    let settle;
    const result = new Promise((resolve, reject) => (settle = { resolve, reject }));
    const page = `<!doctype html><title>speech</title><script type="module">
        let answer;
        try { answer = { ok: await (${script})() } } catch (error) { answer = { error: String(error && error.stack || error) } }
        await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });</script>`;
    const server = createServer((request, response) => {
        const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
        const headers = isolated ? ISOLATED : {};
        if (path === "/answer") {
            let body = "";
            request.on("data", (part) => (body += part));
            request.on("end", () => {
                response.end();
                const answer = JSON.parse(body);
                if ("error" in answer) settle.reject(new Error(answer.error));
                else settle.resolve(answer.ok);
            });
            return;
        }
        if (path === "/spent") {
            // What the page's processes have spent so far: on a busy machine a better measure than time.
            response.writeHead(200, { ...headers, "content-type": "application/json" }).end(JSON.stringify(watch.read()));
            return;
        }
        if (path === "/") {
            response.writeHead(200, { ...headers, "content-type": "text/html" }).end(page);
            return;
        }
        const prefix = Object.keys(files).find((prefix) => path === prefix || path.startsWith(`${prefix}/`));
        const file = prefix && join(files[prefix], path.slice(prefix.length));
        if (!file || !existsSync(file) || !statSync(file).isFile()) {
            response.writeHead(404, headers).end();
            return;
        }
        const type = TYPES[extname(file)] ?? "application/octet-stream";
        response.writeHead(200, { ...headers, "content-type": type, "content-length": statSync(file).size });
        createReadStream(file).pipe(response);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = spawn(
        chromium,
        [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
            `--user-data-dir=${profile}`,
            `http://127.0.0.1:${server.address().port}/`,
        ],
        // A process group of its own, so that its helpers end with it.
        { stdio: "ignore", detached: true },
    );
    browser.on("error", settle.reject);
    browser.on("exit", () => settle.reject(new Error("Chromium ended before it answered")));
    const timer = setTimeout(() => settle.reject(new Error(`no answer within ${seconds} s`)), seconds * 1000);
    const watch = watchRenderer(browser.pid);
    try {
        onStart?.({ browser, watch });
        const answer = await result;
        return { answer, ...watch.read() };
    } finally {
        clearTimeout(timer);
        watch.stop();
        browser.removeAllListeners("exit");
        const ended = new Promise((resolve) => browser.once("exit", resolve));
        process.kill(-browser.pid, "SIGKILL");
        await ended;
        server.closeAllConnections();
        server.close();
        rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    }
}

/**
 * Looks at the renderer processes now and then (Linux: /proc): peak of the largest one's resident memory, and the CPU
 * seconds of all. The browser has renderers of its own beside the page's; the page's is by far the largest.
 */
function watchRenderer(parent) {
    let peakMemoryMb = 0;
    const spent = new Map();
    const look = () => {
        for (const pid of renderers(parent)) {
            try {
                const status = readFileSync(`/proc/${pid}/status`, "utf8");
                const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
                peakMemoryMb = Math.max(peakMemoryMb, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024));
                spent.set(pid, (Number(stat[11]) + Number(stat[12])) / 100);
            } catch {
                // It has ended meanwhile: the last look counts.
            }
        }
    };
    const timer = setInterval(look, 500);
    return {
        read: () => {
            look();
            return { peakMemoryMb, cpuSeconds: Math.max(0, ...spent.values()) };
        },
        stop: () => clearInterval(timer),
    };
}

function renderers(parent) {
    return readdirSync("/proc").filter((pid) => {
        if (!/^\d+$/.test(pid)) return false;
        try {
            return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer") && isDescendant(pid, parent);
        } catch {
            return false;
        }
    });
}

function isDescendant(pid, ancestor) {
    for (let at = Number(pid); at > 1; ) {
        if (at === ancestor) return true;
        at = Number(readFileSync(`/proc/${at}/stat`, "utf8").split(") ")[1].split(" ")[1]);
    }
    return false;
}
