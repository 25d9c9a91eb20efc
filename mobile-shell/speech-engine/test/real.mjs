#!/usr/bin/env node
// The real engine with the real model in headless Chromium: what was spoken is heard, by every variant alike; a window
// that is cancelled stops within a second; a fresh engine hears the rest as an uninterrupted one would.
//
// Needs Chromium and the installed model (`make model`), and fails without them.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "../bench/browser.mjs";
import { builtVariants, modelFile, recording, repository, session, wordsOf } from "../bench/session.mjs";

assert.ok(chromium, "Chromium is missing: install it, or say where in CHROMIUM");
assert.ok(existsSync(modelFile()), `the speech model is missing (${modelFile()}): run make model`);

const fixtures = join(repository, "crates/dictation/tests/fixtures");
const spoken = new Map(
    readFileSync(join(fixtures, "transcripts.tsv"), "utf8").trim().split("\n").map((line) => line.split("\t")),
);
const { variants } = await builtVariants();

/** Wrong words: the edit distance over words. */
function wrongWords(heard, wanted) {
    let row = wanted.map((_, at) => at + 1);
    row.unshift(0);
    for (const [at, word] of heard.entries()) {
        const next = [at + 1];
        for (const [column, other] of wanted.entries()) {
            next.push(Math.min(row[column] + (word === other ? 0 : 1), row[column + 1] + 1, next[column] + 1));
        }
        row = next;
    }
    return row.at(-1);
}

async function withRecording(name, seconds, run) {
    const speech = recording(join(fixtures, `${name}.flac`), seconds);
    try {
        return await run(speech);
    } finally {
        speech.remove();
    }
}

async function hearsWhatWasSpoken() {
    for (const [name, words] of spoken) {
        await withRecording(name, 0, async (speech) => {
            const heardBy = new Map();
            for (const variant of variants) {
                for (const threads of variant === "simd" ? [1] : [1, 2]) {
                    const body = `async ({ start, hear, windows }) => {
                        await start("${variant}", ${threads});
                        const heard = [];
                        for (const window of windows) heard.push(...(await hear(window)).heard);
                        return heard;
                    }`;
                    const { answer } = await session(body, { recording: speech, isolated: variant !== "simd" });
                    heardBy.set(`${variant} ${threads}`, answer);
                    const wrong = wrongWords(wordsOf(answer), words.split(" "));
                    assert.ok(wrong <= 1, `${variant}, ${threads} threads, ${name}: ${wrong} wrong words: ${wordsOf(answer).join(" ")}`);
                    for (const segment of answer) {
                        assert.ok(segment.no_speech >= 0 && segment.no_speech < 0.5, "no_speech");
                        let last = 0;
                        for (const word of segment.words) {
                            assert.ok(word.confidence > 0 && word.confidence <= 1, `confidence of ${word.text}`);
                            assert.ok(word.start_ms >= last && word.end_ms >= word.start_ms, `times of ${word.text}`);
                            last = word.start_ms;
                        }
                    }
                }
            }
            for (const variant of variants.filter((it) => it !== "simd")) {
                const [one, two] = [heardBy.get(`${variant} 1`), heardBy.get(`${variant} 2`)];
                assert.deepEqual(wordsOf(two), wordsOf(one), `${variant}: two threads hear what one hears`);
            }
            console.log(`${name}: heard alike by ${[...heardBy.keys()].join(", ")}`);
        });
    }
}

async function cancelsAndGoesOn(variant) {
    await withRecording("jfk", 60, async (speech) => {
        assert.ok(speech.windows.length >= 3, "the recording has several windows");
        const body = `async ({ start, hear, cancel, shared, windows }) => {
            await start("${variant}", 2);
            const whole = [];
            for (const window of windows) whole.push((await hear(window)).heard);
            // Cancelled while the sound is taken in, and when the first word is written down.
            const stops = [];
            for (const moment of [() => new Promise((resolve) => setTimeout(resolve, 30)), shared]) {
                const running = hear(windows[0]);
                await moment();
                const asked = performance.now();
                cancel(1);
                const { answer } = await running;
                stops.push({ answer, after: performance.now() - asked });
                cancel(0);
            }
            // The same engine goes on; and one that was started anew after the second window.
            const after = (await hear(windows[1])).heard;
            await start("${variant}", 2);
            const resumed = [];
            for (const window of windows.slice(2)) resumed.push((await hear(window)).heard);
            return { whole, stops, after, resumed };
        }`;
        const { answer } = await session(body, { recording: speech });
        for (const { answer: code, after } of answer.stops) {
            assert.equal(code, 1, "a cancelled window says so");
            assert.ok(after < 1000, `cancelled after ${Math.round(after)} ms`);
        }
        assert.deepEqual(answer.after, answer.whole[1], "a cancelled engine hears the next window as before");
        assert.deepEqual(answer.resumed, answer.whole.slice(2), "a fresh engine hears the rest alike");
        console.log(`${variant}: cancelled after ${answer.stops.map(({ after }) => Math.round(after)).join(", ")} ms, and went on`);
    });
}

await hearsWhatWasSpoken();
for (const variant of variants.filter((it) => it !== "simd")) {
    await cancelsAndGoesOn(variant);
}
