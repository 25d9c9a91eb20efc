// The innermost loop: eight rows of weights times up to four columns of activations.
#pragma once

#include <cstdint>

#include "panel.h"
#include "simd.h"

namespace workbook {

/// Columns of a full tile. Eight rows by four columns are eight registers of sums; with two for weights and one for an
/// activation they fit into the sixteen that x86 has.
constexpr int tile_columns = 4;

/// Computes `count` products of each of 8 rows and COLUMNS columns, and adds them to the result (or, if `is_first`, sets
/// it). `columns[c]` are the activations of column c, `result + c * result_stride` takes its `rows` (1 to 8) sums.
template <int COLUMNS>
inline void multiply_tile(const float *panel, const float *const *columns, int64_t count, float *result,
                          int64_t result_stride, bool is_first, int rows) {
    v128_t upper[COLUMNS];
    v128_t lower[COLUMNS];
    for (int column = 0; column < COLUMNS; column++) {
        upper[column] = lower[column] = wasm_f32x4_splat(0);
    }
    for (int64_t k = 0; k < count; k++) {
        const v128_t rows_0_to_3 = wasm_v128_load(panel + panel_rows * k);
        const v128_t rows_4_to_7 = wasm_v128_load(panel + panel_rows * k + 4);
        for (int column = 0; column < COLUMNS; column++) {
            const v128_t activation = wasm_v128_load32_splat(columns[column] + k);
            upper[column] = multiply_add(rows_0_to_3, activation, upper[column]);
            lower[column] = multiply_add(rows_4_to_7, activation, lower[column]);
        }
    }
    for (int column = 0; column < COLUMNS; column++) {
        float *out = result + column * result_stride;
        if (rows == panel_rows) {
            if (!is_first) {
                upper[column] = wasm_f32x4_add(upper[column], wasm_v128_load(out));
                lower[column] = wasm_f32x4_add(lower[column], wasm_v128_load(out + 4));
            }
            wasm_v128_store(out, upper[column]);
            wasm_v128_store(out + 4, lower[column]);
        } else {
            // The last rows of the matrix: what lies beyond them in memory isn't ours.
            float sums[panel_rows];
            wasm_v128_store(sums, upper[column]);
            wasm_v128_store(sums + 4, lower[column]);
            for (int row = 0; row < rows; row++) {
                out[row] = (is_first ? 0 : out[row]) + sums[row];
            }
        }
    }
}

} // namespace workbook
