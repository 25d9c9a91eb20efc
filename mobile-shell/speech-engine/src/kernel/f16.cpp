// Half-precision weights, and the keys and values that whisper keeps in half precision.

#include "simd.h"
#include "weights.h"

namespace workbook {

void unpack_f16(const void *row, int64_t first, int64_t count, float *out) {
    const uint16_t *half = static_cast<const uint16_t *>(row) + first;
    int64_t at = 0;
    for (; at + 4 <= count; at += 4) {
        wasm_v128_store(out + at, half_to_float(wasm_u32x4_load16x4(half + at)));
    }
    for (; at < count; at++) {
        out[at] = half_to_float(half[at]);
    }
}

} // namespace workbook
