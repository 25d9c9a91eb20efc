// What whisper.cpp heard, as words.
#pragma once

#include <string>

struct whisper_context;

namespace workbook {

/// All segments of the last window as a JSON list. A word begins at a token that begins with a space; its confidence is
/// the *lowest* probability among its tokens (one guessed syllable makes a name wrong).
std::string heard_as_json(whisper_context *context);

} // namespace workbook
