/**
 * Speech on the phone: what the others see of it. Written first so that recorder, core worker and
 * screens can build against it; the truth is mobile-shell/src/speech/{audio,model,transcriber}.ts
 * on branch `speech`.
 *
 * All audio is 16-bit PCM, mono, 16 kHz. All times are milliseconds of the original recording.
 */

// ---------------------------------------------------------------- audio in (recorder -> transcriber)

/** A recording that can be read in pieces, so that it is never in memory as a whole. */
export interface SpokenAudio {
    /** Length in samples (16 kHz). */
    readonly samples: number;
    /** The samples `start..end` (end not included); fewer only where the recording ends earlier. */
    read(start: number, end: number): Promise<Int16Array>;
}

// ---------------------------------------------------------------- the pure half, in Rust (crates/hearing)

/** A stretch of the recording, in samples. */
export interface Window { start: number; end: number }

/** What the engine heard in one window; times are milliseconds of the window. */
export interface Heard {
    start_ms: number;
    end_ms: number;
    no_speech: number;
    words: { start_ms: number; end_ms: number; text: string; confidence: number }[];
}

/** The shape of `dictation::transcript::Transcript` (its JSON is a contract). */
export interface Transcript {
    text: string;
    segments: Segment[];
    language: string;
    model: ModelStamp;
    audio_ms: number;
    engine_ms: number;
}
export interface Segment {
    start_ms: number; end_ms: number; text: string;
    words: { start_ms: number; end_ms: number; text: string; confidence: number }[];
}
export interface ModelStamp { name: string; sha256: string }

/**
 * `dictation`'s silence, chunk and listen behind wasm-bindgen.
 * One object per recording. Exported by the package `hearing` as class `Listening`.
 */
export interface Listening {
    /** The next samples of the recording, in order; call until all have been heard. */
    hear(samples: Int16Array): void;
    /** After the last `hear`: the windows in which somebody speaks, each at most 29 s. */
    windows(): Window[];
    /** What was heard in a window, at its place in the recording, inventions dropped. */
    place(heard: Heard[], window: Window): Segment[];
    /** Everything together. */
    transcript(segments: Segment[], model: ModelStamp, engineMs: number): Transcript;
    free(): void;
}

// ---------------------------------------------------------------- the model file

/** What the server says in GET /api/models. */
export interface ModelOffer { name: string; file: string; sha256: string; bytes: number }

export type ModelState =
    | { state: "missing"; bytes: 0; total: number }
    /** `bytes` may start above 0: a fetch goes on where it broke off. */
    | { state: "fetching"; bytes: number; total: number }
    | { state: "ready"; bytes: number; total: number; stamp: ModelStamp }
    /** What was fetched or cached isn't the model (hash differs). `fetch()` throws it away and begins anew. */
    | { state: "corrupt"; bytes: number; total: number };

export interface ModelStore {
    /** Reads the cache, without network. Cheap: length and marker only; `open` hashes. */
    state(): Promise<ModelState>;
    /** Fetches or goes on fetching, verifies, keeps. Rejects with `ModelError` (`code`, plain English message). */
    fetch(onState?: (state: ModelState) => void, signal?: AbortSignal): Promise<ModelState>;
    /** The verified bytes; hashed again each time. `undefined`, and state `corrupt` from then on, if the hash differs. */
    open(): Promise<{ bytes: Uint8Array; stamp: ModelStamp } | undefined>;
    /** Frees the space. */
    remove(): Promise<void>;
}

// ---------------------------------------------------------------- transcription

/** Whether this phone can do it. Measured, not guessed from a name. */
export type Strength =
    | { strength: "able"; realTimeFactor: number; variant: Variant; threads: number }
    | { strength: "too-weak"; reason: "no-webassembly" | "no-simd" | "too-slow" | "no-memory"; realTimeFactor?: number };

export type Variant = "relaxed-threads" | "simd-threads" | "simd";

/** A finished window; what is sealed and stored (transcript/<recording>/<number>) so that a killed tab goes on from it. */
export interface HeardWindow { number: number; window: Window; heard: Heard[]; engineMs: number }

/** Milliseconds of speech (silence isn't counted), and the text so far. */
export interface Progress { doneMs: number; totalMs: number; text: string }

export interface TranscribeJob {
    audio: SpokenAudio;
    /** Windows that were finished before (in any order). Those that don't fit the recording are ignored. */
    finished?: readonly HeardWindow[];
    /** Called and awaited after each window, before the next begins: seal and store it here. */
    onWindow?: (finished: HeardWindow) => Promise<void>;
    onProgress?: (progress: Progress) => void;
    /** Cancels within a second, in the middle of a window too. Finished windows stay finished. */
    signal?: AbortSignal;
}

export interface Transcriber {
    /**
     * Starts the worker, loads the model and lets the engine hear two seconds of noise: call it while the person still
     * speaks. Says whether this phone is able. Idempotent.
     */
    warmUp(): Promise<Strength>;
    /** One at a time. Rejects with `SpeechError`: code "cancelled" | "no-model" | "too-weak" | "failed" | "busy". */
    transcribe(job: TranscribeJob): Promise<Transcript>;
    /** Stops the worker and frees its memory (400 MB): call when the draft is on the screen, or the app is hidden. */
    close(): void;
}

/** Made once, in the page or in the core worker (it starts its own worker). */
export declare function createTranscriber(parts: {
    model: ModelStore;
    /** Makes a `Listening` of the hearing half's wasm. */
    listening: () => Promise<Listening>;
    /** Where the built engine is served; default "/speech/". */
    base?: string;
}): Transcriber;

/** `base` is the server's address, default ""; `name` the model's, default "tiny.en-q5_1". */
export declare function createModelStore(options?: { base?: string; name?: string }): ModelStore;
