// One page, one engine: loads the model, warms up, recognises windows. What tests and measurements share.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inBrowser } from "./browser.mjs";

const here = dirname(fileURLToPath(import.meta.url));
export const repository = join(here, "../../..");
export const engines = join(here, "../../public/speech");

/** The variants that were built. */
export async function builtVariants() {
    return (await import(join(engines, "variants.js"))).default;
}

/** The installed speech model's file, as the command line knows it, or what MODEL says. */
export function modelFile() {
    if (process.env.MODEL) return process.env.MODEL;
    const cache = process.env.XDG_CACHE_HOME ?? join(process.env.HOME, ".cache");
    return join(cache, "family-workbook/models/ggml-tiny.en-q5_1.bin");
}

/** Samples and windows of a recording, cut as the app cuts it; repeated until it lasts `seconds`. */
export function recording(file, seconds = 0) {
    const folder = mkdtempSync(join(tmpdir(), "speech-pcm-"));
    const pcm = join(folder, "samples.pcm");
    const example = ["run", "--quiet", "-p", "dictation", "--example", "windows", "--", file, pcm, String(seconds)];
    const windows = JSON.parse(execFileSync("cargo", example, { cwd: repository, encoding: "utf8" }));
    const { length } = readFileSync(pcm);
    return { windows, pcm, seconds: length / 2 / 16000, remove: () => rmSync(folder, { recursive: true }) };
}

/** The words of what was heard, lower case and without punctuation. */
export function wordsOf(heard) {
    return heard
        .flatMap(({ words }) => words.map(({ text }) => text.toLowerCase().replace(/[^a-z0-9']/g, "")))
        .filter((word) => word !== "");
}

/**
 * Runs `body` (source of an async function of `{ start, hear, cancel, shared, spent, windows }`) in a page.
 * `start(variant, threads)` loads engine and model and warms up; `hear` recognises a window.
 */
export function session(body, { recording, isolated = true }) {
    const script = `async () => {
        const pcm = new Int16Array(await (await fetch("/pcm")).arrayBuffer());
        let worker, waiting = new Map(), count = 0, flag, threads, onShare = () => {};
        /** Resolves when the engine next says that it has written something down. */
        const shared = () => new Promise((resolve) => (onShare = resolve));
        const call = (call, more = {}) => new Promise((resolve, reject) => {
            const id = ++count;
            waiting.set(id, { resolve, reject });
            worker.postMessage({ id, call, threads, ...more });
        });
        const start = async (variant, wanted) => {
            worker?.terminate();
            threads = wanted;
            worker = new Worker("/bench/worker.mjs", { type: "module" });
            worker.onmessage = ({ data }) => {
                if ("share" in data) return onShare();
                const { resolve, reject } = waiting.get(data.id);
                waiting.delete(data.id);
                "error" in data ? reject(new Error(data.error)) : resolve(data.ok);
            };
            const url = location.origin + "/speech/" + variant + "/engine.js";
            const loaded = await call("load", { url, model: location.origin + "/model.bin", isShared: variant !== "simd" });
            flag = loaded.cancel && new Int32Array(loaded.cancel);
            return { ...loaded, ...(await call("warmUp")) };
        };
        const hear = ({ start, end }) => call("recognise", { samples: pcm.slice(start, end) });
        const cancel = (value) => Atomics.store(flag, 0, value);
        const spent = async () => (await (await fetch("/spent")).json()).cpuSeconds;
        return await (${body})({ start, hear, cancel, shared, spent, windows: ${JSON.stringify(recording.windows)} });
    }`;
    const files = { "/speech": engines, "/bench": here, "/model.bin": modelFile(), "/pcm": recording.pcm };
    return inBrowser({ script, files, isolated });
}
