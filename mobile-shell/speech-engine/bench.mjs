#!/usr/bin/env node
// Measures speech recognition as the phone's browser does it, with the real engine and model in headless Chromium, and
// prints one JSON object. Called by `make bench-phone`.
//
//   bench.mjs [--long | --only-long] [recording.flac ...]
//
// Without recordings: those of crates/dictation's tests, repeated to 37 s. `--long` adds ten minutes of speech, `--only-long` leaves
// the others out. For each:
// real_time_factor (time of recognition by time of recording) and cpu_factor (processor seconds of the page by seconds of
// recording: hardly changed by what else the machine does; with two threads it counts both).

import { join } from "node:path";
import { builtVariants, recording, repository, session } from "./bench/session.mjs";

const options = process.argv.slice(2);
const given = options.filter((option) => !option.startsWith("--"));
const fixture = join(repository, "crates/dictation/tests/fixtures/jfk.flac");
const built = await builtVariants();
const round = (value) => Math.round(value * 1000) / 1000;

async function measure(file, seconds, variant, threads) {
    const speech = recording(file, seconds);
    try {
        const body = `async ({ start, hear, spent, windows }) => {
            const started = await start("${variant}", ${threads});
            const before = await spent();
            let ms = 0;
            for (const window of windows) ms += (await hear(window)).ms;
            return { ms, cpu: (await spent()) - before, started };
        }`;
        const { answer, peakMemoryMb } = await session(body, { recording: speech });
        return {
            variant,
            threads,
            audio_seconds: round(speech.seconds),
            real_time_factor: round(answer.ms / 1000 / speech.seconds),
            cpu_factor: round(answer.cpu / speech.seconds),
            load_ms: Math.round(answer.started.ms),
            peak_memory_mb: peakMemoryMb,
        };
    } finally {
        speech.remove();
    }
}

const measured = [];
const runs = built.variants.flatMap((variant) => (variant === "simd" ? [[variant, 1]] : [[variant, 1], [variant, 2]]));
for (const [variant, threads] of options.includes("--only-long") ? [] : runs) {
    for (const file of given.length > 0 ? given : [fixture]) {
        measured.push(await measure(file, given.length > 0 ? 0 : 37, variant, threads));
    }
}
const long = [];
if (options.includes("--long") || options.includes("--only-long")) {
    const [variant, threads] = runs.find(([, threads]) => threads === 2) ?? runs[0];
    long.push(await measure(given[0] ?? fixture, 600, variant, threads));
}
console.log(JSON.stringify({ compiler: built.compiler, transcription: measured, ten_minutes: long }, undefined, 2));
