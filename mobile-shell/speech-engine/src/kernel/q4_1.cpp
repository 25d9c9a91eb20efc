// Four bits, a scale and an offset.

#include "blocks.h"
#include "simd.h"
#include "weights.h"

namespace workbook {

void unpack_q4_1(const void *row, int64_t first, int64_t count, float *out) {
    const BlockQ4_1 *block = static_cast<const BlockQ4_1 *>(row) + first / numbers_in_block;
    for (int64_t at = 0; at < count; at += numbers_in_block, block++) {
        const float step = half_to_float(block->scale);
        const v128_t scale = wasm_f32x4_splat(step);
        const v128_t offset = wasm_f32x4_splat(half_to_float(block->offset));
        const v128_t packed = wasm_v128_load(block->nibbles);
        store_scaled_bytes(low_nibbles(packed), scale, offset, out + at);
        store_scaled_bytes(high_nibbles(packed), scale, offset, out + at + 16);
    }
}

} // namespace workbook
