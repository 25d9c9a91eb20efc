// What JavaScript sees of whisper.cpp: load a model, recognise one window, cancel.
//
// Runs inside a worker; every call blocks it. Invariants: the caller has verified the model (whisper.cpp aborts on
// some corrupt files); one window at a time; windows are independent of each other; the same settings as the native
// engine (crates/dictation/src/whisper.rs says why each), so that phone and laptop hear alike.
//
// Not here: where to cut the recording, and what to make of the words: crates/dictation does both on every platform.

#include <emscripten.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "heard.h"
#include "whisper.h"

namespace {

/// Encoder positions a second, and the most there are (30 s).
constexpr int positions_per_second = 50;
constexpr int most_positions = 1500;
/// Beyond the sound: with fewer, whisper repeats itself at the end.
constexpr int spare_positions = 64;
/// Fewer in all, and short windows come out garbled (measured: crates/dictation/src/whisper.rs).
constexpr int fewest_positions = 768;
constexpr int sample_rate = 16000;
constexpr int longest_window = 30 * sample_rate;
constexpr int warm_up_samples = 14 * sample_rate;

whisper_context *context = nullptr;
std::vector<float> window;
std::string heard;

// The worker hands everything over in `Module`: model {bytes: Uint8Array, at: number}, samples (Int16Array), isCancelled(),
// onShare(share). All of these run on the worker's own thread, never on the engine's helpers.
// clang-format off

// The model's bytes stay in JavaScript and are copied as whisper.cpp reads them, so that they aren't in memory twice.
EM_JS(int, model_read, (void *to, int count), {
    const model = Module.model;
    const part = model.bytes.subarray(model.at, model.at + count);
    HEAPU8.set(part, to);
    model.at += part.length;
    return part.length;
});
EM_JS(int, model_is_read, (), { return Module.model.at >= Module.model.bytes.length ? 1 : 0; });
EM_JS(int, samples_count, (), { return Module.samples.length; });
EM_JS(void, samples_read, (int16_t *to, int first, int count), {
    HEAP16.set(Module.samples.subarray(first, first + count), to >> 1);
});
EM_JS(int, is_cancelled, (), { return Module.isCancelled() ? 1 : 0; });
// Called between two words: how much of the window has been written down, 0 to 1.
EM_JS(void, report_share, (double share), { Module.onShare(share); });
// clang-format on

/// Takes the samples over from JavaScript, a second at a time. False if there are more than a window holds.
bool fill_window() {
    const int count = samples_count();
    if (count > longest_window) {
        return false;
    }
    window.resize(count);
    int16_t second[sample_rate];
    for (int at = 0; at < count; at += sample_rate) {
        const int length = std::min(sample_rate, count - at);
        samples_read(second, at, length);
        std::transform(second, second + length, window.begin() + at, [](int16_t level) { return level / 32768.0f; });
    }
    return true;
}

/// How many encoder positions a window of `samples` needs: without this a short one costs as much as 30 s.
int positions(int samples) {
    const int sound = (samples * int64_t{positions_per_second} + sample_rate - 1) / sample_rate;
    return std::clamp(sound + spare_positions, fewest_positions, most_positions);
}

whisper_full_params parameters(int samples, int threads) {
    whisper_full_params of = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
    of.greedy.best_of = 1;
    of.n_threads = threads;
    of.language = "en";
    of.no_context = true;
    of.token_timestamps = true;
    of.suppress_nst = true;
    of.temperature = 0.0f;
    of.temperature_inc = 0.2f;
    of.print_special = of.print_progress = of.print_realtime = of.print_timestamps = false;
    of.audio_ctx = positions(samples);
    of.abort_callback = [](void *) { return is_cancelled() != 0; };
    // Called before each token; a time stamp among those so far tells how far into the window they reach.
    of.logits_filter_callback = [](whisper_context *of_model, whisper_state *, const whisper_token_data *tokens,
                                   int count, float *, void *) {
        const whisper_token first_time = whisper_token_beg(of_model);
        for (int at = count - 1; at >= 0; at--) {
            if (tokens[at].id >= first_time) {
                const double seconds = (tokens[at].id - first_time) * 0.02;
                report_share(std::min(1.0, seconds * sample_rate / std::max<size_t>(window.size(), 1)));
                return;
            }
        }
    };
    return of;
}

} // namespace

// Asked by ggml between any two operations (patches/ggml-cpu.patch): whisper.cpp itself asks only once a window's sound
// has been encoded, which takes seconds.
extern "C" bool speech_is_cancelled() { return is_cancelled() != 0; }

extern "C" {

/// Loads the model in `Module.model` ({bytes: Uint8Array, at: 0}). 0, or -1 where whisper.cpp refuses it.
EMSCRIPTEN_KEEPALIVE int speech_load() {
    whisper_log_set([](ggml_log_level, const char *, void *) {}, nullptr);
    whisper_model_loader loader{};
    loader.read = [](void *, void *to, size_t count) -> size_t { return model_read(to, static_cast<int>(count)); };
    loader.eof = [](void *) -> bool { return model_is_read() != 0; };
    loader.close = [](void *) {};
    whisper_context_params settings = whisper_context_default_params();
    settings.use_gpu = false;
    settings.flash_attn = false; // slower on processors
    context = whisper_init_with_params(&loader, settings);
    return context == nullptr ? -1 : 0;
}

/// Recognises `Module.samples` (16 kHz mono, at most 30 s) with `threads` threads. 0: `speech_heard` tells what; 1:
/// cancelled; -1: failed.
EMSCRIPTEN_KEEPALIVE int speech_recognise(int threads) {
    heard.clear();
    if (context == nullptr || !fill_window()) {
        return -1;
    }
    const int samples = static_cast<int>(window.size());
    const int failed = whisper_full(context, parameters(samples, threads), window.data(), samples);
    if (is_cancelled()) {
        return 1;
    }
    if (failed != 0) {
        return -1;
    }
    heard = workbook::heard_as_json(context);
    return 0;
}

/// Lets the engine hear 14 s of faint noise and write down a word at most, so that the browser compiles it while the person
/// still speaks; also the measure of how fast this device is. 0, or -1 if it failed.
EMSCRIPTEN_KEEPALIVE int speech_warm_up(int threads) {
    if (context == nullptr) {
        return -1;
    }
    window.resize(warm_up_samples);
    uint32_t state = 1;
    for (float &sample : window) {
        state = state * 1664525u + 1013904223u;
        sample = (static_cast<float>(state >> 16) / 32768.0f - 1.0f) * 0.001f;
    }
    whisper_full_params of = parameters(warm_up_samples, threads);
    of.no_timestamps = true;
    of.single_segment = true;
    of.max_tokens = 4;
    of.temperature_inc = 0.0f; // no second attempts
    return whisper_full(context, of, window.data(), warm_up_samples) == 0 ? 0 : -1;
}

/// What was heard in the last window, as JSON: [{start_ms, end_ms, no_speech, words: [...]}], times from its start.
EMSCRIPTEN_KEEPALIVE const char *speech_heard() { return heard.c_str(); }

} // extern "C"
