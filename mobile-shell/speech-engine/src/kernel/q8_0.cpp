// Eight bits and a scale.

#include "blocks.h"
#include "simd.h"
#include "weights.h"

namespace workbook {

void unpack_q8_0(const void *row, int64_t first, int64_t count, float *out) {
    const BlockQ8_0 *block = static_cast<const BlockQ8_0 *>(row) + first / numbers_in_block;
    for (int64_t at = 0; at < count; at += numbers_in_block, block++) {
        const v128_t scale = wasm_f32x4_splat(half_to_float(block->scale));
        for (int eight = 0; eight < numbers_in_block; eight += 8) {
            const v128_t levels = wasm_i16x8_load8x8(block->levels + eight);
            const v128_t low = wasm_f32x4_convert_i32x4(wasm_i32x4_extend_low_i16x8(levels));
            const v128_t high = wasm_f32x4_convert_i32x4(wasm_i32x4_extend_high_i16x8(levels));
            wasm_v128_store(out + at + eight, wasm_f32x4_mul(low, scale));
            wasm_v128_store(out + at + eight + 4, wasm_f32x4_mul(high, scale));
        }
    }
}

} // namespace workbook
