// Rows of weights, unpacked and laid out as the tile reads them.
//
// A panel is eight rows side by side: the eight numbers of column k lie together, so that the tile loads them with two
// instructions and walks through memory in one direction.
#pragma once

#include <cstdint>

#include "weights.h"

namespace workbook {

/// Rows in a panel.
constexpr int panel_rows = 8;

/// Columns of the weights (numbers of a row) that are worked on at a time; a multiple of every type's block. A panel of this
/// length (12 kB) stays in the innermost cache. It is also the width of the smallest whisper model.
constexpr int64_t stretch = 384;

/// Packs columns `first` .. `first + count` of `rows` (1 to 8) rows; missing rows become zeros.
/// `row` is the first row, `row_size` the bytes from one row to the next; `panel` takes 8 * count floats.
void pack_panel(const Weight &weight, const char *row, int64_t row_size, int rows, int64_t first, int64_t count,
                float *panel);

} // namespace workbook
