// The engine in a worker, as src/speech/transcriber.worker.ts runs it, without the app round it.

let engine;

const handlers = {
    async load({ url, model, isShared }) {
        const cancel = isShared ? new Int32Array(new SharedArrayBuffer(4)) : new Int32Array(1);
        const { default: start } = await import(url);
        const bytes = new Uint8Array(await (await fetch(model)).arrayBuffer());
        engine = await start({
            model: { bytes, at: 0 },
            samples: new Int16Array(0),
            isCancelled: () => Atomics.load(cancel, 0) !== 0,
            onShare: (share) => self.postMessage({ share }),
            print: () => {},
            printErr: () => {},
        });
        const before = performance.now();
        if (engine._speech_load() !== 0) throw new Error("the engine refused the model");
        engine.model = undefined;
        return { ms: performance.now() - before, cancel: isShared ? cancel.buffer : undefined };
    },
    warmUp({ threads }) {
        const before = performance.now();
        if (engine._speech_warm_up(threads) !== 0) throw new Error("the engine didn't warm up");
        const first = performance.now();
        engine._speech_warm_up(threads);
        return { warmUpMs: first - before, againMs: performance.now() - first };
    },
    recognise({ samples, threads }) {
        engine.samples = samples;
        const before = performance.now();
        const answer = engine._speech_recognise(threads);
        return {
            answer,
            ms: performance.now() - before,
            heard: answer === 0 ? JSON.parse(engine.UTF8ToString(engine._speech_heard())) : [],
        };
    },
};

self.onmessage = async ({ data: { id, call, ...parameters } }) => {
    try {
        self.postMessage({ id, ok: await handlers[call](parameters) });
    } catch (error) {
        self.postMessage({ id, error: String(error) });
    }
};
