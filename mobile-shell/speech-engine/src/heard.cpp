#include "heard.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

#include "whisper.h"

namespace workbook {
namespace {

/// A word while its tokens are put together; the bytes of a letter may be spread over tokens.
struct Word {
    std::string text;
    int64_t start_ms;
    int64_t end_ms;
    float confidence;
};

/// whisper.cpp counts in hundredths of a second; -1 stands for unknown.
int64_t milliseconds(int64_t hundredths) { return std::max<int64_t>(hundredths, 0) * 10; }

std::vector<Word> words_of(whisper_context *context, int segment) {
    std::vector<Word> words;
    const whisper_token first_special = whisper_token_eot(context);
    for (int at = 0; at < whisper_full_n_tokens(context, segment); at++) {
        const whisper_token_data token = whisper_full_get_token_data(context, segment, at);
        if (token.id >= first_special) {
            continue;
        }
        const char *text = whisper_full_get_token_text(context, segment, at);
        if (words.empty() || text[0] == ' ') {
            words.push_back({text, milliseconds(token.t0), milliseconds(token.t1), token.p});
        } else {
            Word &word = words.back();
            word.text += text;
            word.end_ms = std::max(word.end_ms, milliseconds(token.t1));
            word.confidence = std::min(word.confidence, token.p);
        }
    }
    return words;
}

/// `text` without space at either end, quoted. Bytes that aren't ASCII pass as they are: JavaScript reads them as UTF-8
/// and puts a mark in place of what isn't.
std::string quoted(const std::string &text) {
    std::string json = "\"";
    const size_t first = text.find_first_not_of(" \t\r\n");
    const size_t last = text.find_last_not_of(" \t\r\n");
    for (size_t at = first; first != std::string::npos && at <= last; at++) {
        const unsigned char letter = text[at];
        if (letter == '"' || letter == '\\') {
            json += '\\';
            json += text[at];
        } else if (letter < 0x20) {
            char escaped[8];
            snprintf(escaped, sizeof escaped, "\\u%04x", letter);
            json += escaped;
        } else {
            json += text[at];
        }
    }
    return json + '"';
}

std::string number(float value) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.6f", value);
    return digits;
}

std::string times(int64_t start_ms, int64_t end_ms) {
    return "\"start_ms\":" + std::to_string(start_ms) + ",\"end_ms\":" + std::to_string(end_ms);
}

std::string word_as_json(const Word &word) {
    return "{" + times(word.start_ms, word.end_ms) + ",\"text\":" + quoted(word.text) +
           ",\"confidence\":" + number(word.confidence) + "}";
}

} // namespace

std::string heard_as_json(whisper_context *context) {
    std::string json = "[";
    for (int segment = 0; segment < whisper_full_n_segments(context); segment++) {
        json += segment == 0 ? "{" : ",{";
        json += times(milliseconds(whisper_full_get_segment_t0(context, segment)),
                      milliseconds(whisper_full_get_segment_t1(context, segment)));
        json += ",\"no_speech\":" + number(whisper_full_get_segment_no_speech_prob(context, segment)) + ",\"words\":[";
        bool is_first = true;
        for (const Word &word : words_of(context, segment)) {
            if (quoted(word.text) == "\"\"") {
                continue;
            }
            json += (is_first ? "" : ",") + word_as_json(word);
            is_first = false;
        }
        json += "]}";
    }
    return json + "]";
}

} // namespace workbook
