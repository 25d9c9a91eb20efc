// Five bits, a scale and an offset: the type of the default model.

#include "blocks.h"
#include "simd.h"
#include "weights.h"

namespace workbook {

void unpack_q5_1(const void *row, int64_t first, int64_t count, float *out) {
    const BlockQ5_1 *block = static_cast<const BlockQ5_1 *>(row) + first / numbers_in_block;
    for (int64_t at = 0; at < count; at += numbers_in_block, block++) {
        const float step = half_to_float(block->scale);
        const v128_t scale = wasm_f32x4_splat(step);
        const v128_t offset = wasm_f32x4_splat(half_to_float(block->offset));
        const v128_t packed = wasm_v128_load(block->nibbles);
        const v128_t bits = wasm_v128_load32_splat(block->fifth);
        const v128_t low_bits = wasm_i8x16_shuffle(bits, bits, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        const v128_t high_bits = wasm_i8x16_shuffle(bits, bits, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3);
        store_scaled_bytes(wasm_v128_or(low_nibbles(packed), fifth_bits(low_bits)), scale, offset, out + at);
        store_scaled_bytes(wasm_v128_or(high_nibbles(packed), fifth_bits(high_bits)), scale, offset, out + at + 16);
    }
}

} // namespace workbook
