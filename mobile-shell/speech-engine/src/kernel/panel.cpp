#include "panel.h"

#include <cstring>

#include "simd.h"

namespace workbook {

namespace {

/// Four rows of four numbers become four columns: `out[8 * k .. 8 * k + 4]` are the numbers k of each row.
void transpose(const float *const rows[4], int64_t at, float *out) {
    const v128_t a = wasm_v128_load(rows[0] + at);
    const v128_t b = wasm_v128_load(rows[1] + at);
    const v128_t c = wasm_v128_load(rows[2] + at);
    const v128_t d = wasm_v128_load(rows[3] + at);
    const v128_t ab_low = wasm_i32x4_shuffle(a, b, 0, 4, 1, 5);
    const v128_t ab_high = wasm_i32x4_shuffle(a, b, 2, 6, 3, 7);
    const v128_t cd_low = wasm_i32x4_shuffle(c, d, 0, 4, 1, 5);
    const v128_t cd_high = wasm_i32x4_shuffle(c, d, 2, 6, 3, 7);
    wasm_v128_store(out, wasm_i64x2_shuffle(ab_low, cd_low, 0, 2));
    wasm_v128_store(out + panel_rows, wasm_i64x2_shuffle(ab_low, cd_low, 1, 3));
    wasm_v128_store(out + 2 * panel_rows, wasm_i64x2_shuffle(ab_high, cd_high, 0, 2));
    wasm_v128_store(out + 3 * panel_rows, wasm_i64x2_shuffle(ab_high, cd_high, 1, 3));
}

} // namespace

void pack_panel(const Weight &weight, const char *row, int64_t row_size, int rows, int64_t first, int64_t count,
                float *panel) {
    static thread_local float unpacked[panel_rows * stretch];
    const float *lines[panel_rows];
    for (int line = 0; line < panel_rows; line++) {
        float *out = unpacked + line * stretch;
        lines[line] = out;
        if (line < rows) {
            weight.unpack(row + line * row_size, first, count, out);
        } else {
            memset(out, 0, count * sizeof(float));
        }
    }
    int64_t at = 0;
    for (; at + 4 <= count; at += 4) {
        transpose(lines, at, panel + panel_rows * at);
        transpose(lines + 4, at, panel + panel_rows * at + 4);
    }
    for (; at < count; at++) {
        for (int line = 0; line < panel_rows; line++) {
            panel[panel_rows * at + line] = lines[line][at];
        }
    }
}

} // namespace workbook
