// The few SIMD steps that all parts of the kernel share.
//
// Everything here is WebAssembly's 128-bit SIMD: four floats at a time. The relaxed variant is the same source compiled
// with -mrelaxed-simd; the only difference is that a multiply and an add become one instruction where the
// processor has it. It rounds once instead of twice, so the two variants may differ in the last bits.
#pragma once

#include <wasm_simd128.h>

#include <cstdint>

namespace workbook {

/// a * b + c in each of four lanes.
inline v128_t multiply_add(v128_t a, v128_t b, v128_t c) {
#ifdef __wasm_relaxed_simd__
    return wasm_f32x4_relaxed_madd(a, b, c);
#else
    return wasm_f32x4_add(wasm_f32x4_mul(a, b), c);
#endif
}

/// Four half-precision numbers (in the low 16 bits of each lane) to single precision, exactly: normal numbers,
/// denormals, zero, infinities and not-a-number.
///
/// WebAssembly has no instruction for it, and ggml's way (a table of 65,536 floats, one look-up per number) doesn't go
/// into SIMD. Here exponent and fraction are moved to their place in the wider format, where they stand for a number that is
/// too small by the difference of the exponents' offsets (127 - 15 = 112); a multiplication mends that, and brings
/// denormals right on the way.
inline v128_t half_to_float(v128_t half) {
    const v128_t sign = wasm_i32x4_shl(wasm_v128_and(half, wasm_i32x4_splat(0x8000)), 16);
    const v128_t rest = wasm_i32x4_shl(wasm_v128_and(half, wasm_i32x4_splat(0x7fff)), 13);
    const v128_t number = wasm_f32x4_mul(rest, wasm_f32x4_splat(0x1p112f));
    const v128_t endless = wasm_i32x4_ge(rest, wasm_i32x4_splat(0x7c00 << 13));
    const v128_t exponent = wasm_v128_and(endless, wasm_i32x4_splat(0x7f800000));
    return wasm_v128_or(wasm_v128_or(number, exponent), sign);
}

/// One half-precision number.
inline float half_to_float(uint16_t half) {
    return wasm_f32x4_extract_lane(half_to_float(wasm_i32x4_splat(half)), 0);
}

/// Sixteen unsigned bytes to floats: `out[i] = byte[i] * scale + offset`.
inline void store_scaled_bytes(v128_t bytes, v128_t scale, v128_t offset, float *out) {
    const v128_t low = wasm_u16x8_extend_low_u8x16(bytes);
    const v128_t high = wasm_u16x8_extend_high_u8x16(bytes);
    const v128_t quarters[4] = {wasm_u32x4_extend_low_u16x8(low), wasm_u32x4_extend_high_u16x8(low),
                                wasm_u32x4_extend_low_u16x8(high), wasm_u32x4_extend_high_u16x8(high)};
    for (int quarter = 0; quarter < 4; quarter++) {
        const v128_t number = wasm_f32x4_convert_i32x4(quarters[quarter]);
        wasm_v128_store(out + 4 * quarter, multiply_add(number, scale, offset));
    }
}

/// The halves of ggml's 4-bit blocks: the low nibbles are numbers 0..15 of a block, the high ones 16..31.
inline v128_t low_nibbles(v128_t packed) { return wasm_v128_and(packed, wasm_i8x16_splat(0x0f)); }
inline v128_t high_nibbles(v128_t packed) { return wasm_u8x16_shr(packed, 4); }

/// Bit i of `bits` (two bytes that fill a lane pattern, see below) as 0x10 in byte i: the fifth bit of 5-bit numbers.
///
/// `bits` holds one byte of the bit mask eight times, then the next one eight times.
inline v128_t fifth_bits(v128_t bits) {
    const v128_t place =
        wasm_i8x16_make(1, 2, 4, 8, 16, 32, 64, -128, 1, 2, 4, 8, 16, 32, 64, -128);
    const v128_t is_set = wasm_i8x16_eq(wasm_v128_and(bits, place), place);
    return wasm_v128_and(is_set, wasm_i8x16_splat(0x10));
}

} // namespace workbook
