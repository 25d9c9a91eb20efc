// Lets renderers run one part in `rate` of the time: stopped and continued by signals, some hundred times a second.
// A thread of its own, because it waits in between.

import { readdirSync, readFileSync } from "node:fs";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";

const { ancestor, rate } = workerData;
/** Milliseconds in which they run, each time. */
const RUN_MS = 4;
/** Milliseconds between two looks for new renderers. */
const LOOK_MS = 50;

const still = new Int32Array(new SharedArrayBuffer(4));
const rest = (ms) => Atomics.wait(still, 0, 0, ms);

function parentOf(pid) {
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ")[1]);
}

function isOurs(pid) {
    try {
        if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--type=renderer")) return false;
        let at = Number(pid);
        while (at > 1 && at !== ancestor) at = parentOf(at);
        return at === ancestor;
    } catch {
        // It has ended meanwhile.
        return false;
    }
}

function signal(pids, name) {
    for (const pid of pids) {
        try {
            process.kill(pid, name);
        } catch {
            // It has ended meanwhile.
        }
    }
}

const renderers = () => readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isOurs(pid)).map(Number);

let pids = renderers();
let lookedAt = performance.now();
parentPort.postMessage("started");
while (receiveMessageOnPort(parentPort) === undefined) {
    const began = performance.now();
    rest(RUN_MS);
    const ran = performance.now() - began;
    signal(pids, "SIGSTOP");
    if (performance.now() - lookedAt > LOOK_MS) {
        const now = renderers();
        signal(now.filter((pid) => !pids.includes(pid)), "SIGSTOP");
        pids = now;
        lookedAt = performance.now();
    }
    const stopped = performance.now() - began - ran;
    // What they ran too long by this machine's timers they are stopped longer.
    rest(Math.max(1, ran * (rate - 1) - stopped));
    signal(pids, "SIGCONT");
}
signal(pids, "SIGCONT");
