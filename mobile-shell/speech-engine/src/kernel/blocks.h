// The layout of ggml's blocks of 32 numbers, byte by byte. Scales and offsets are half-precision numbers.
//
// Written down here, not included from ggml: it is the file format of published models, which can't change, and ggml's
// own structures hide the members behind unions of macros.
#pragma once

#include <cstdint>

namespace workbook {

constexpr int numbers_in_block = 32;

/// number = scale * level, level -128..127.
struct BlockQ8_0 {
    uint16_t scale;
    int8_t levels[32];
};

/// number = scale * level + offset, level 0..31; bit i of `fifth` is the top bit of level i.
struct BlockQ5_1 {
    uint16_t scale;
    uint16_t offset;
    uint8_t fifth[4];
    uint8_t nibbles[16];
};

/// number = scale * (level - 16), level 0..31.
struct BlockQ5_0 {
    uint16_t scale;
    uint8_t fifth[4];
    uint8_t nibbles[16];
};

/// number = scale * level + offset, level 0..15.
struct BlockQ4_1 {
    uint16_t scale;
    uint16_t offset;
    uint8_t nibbles[16];
};

/// number = scale * (level - 8), level 0..15.
struct BlockQ4_0 {
    uint16_t scale;
    uint8_t nibbles[16];
};

static_assert(sizeof(BlockQ8_0) == 34 && sizeof(BlockQ5_1) == 24 && sizeof(BlockQ5_0) == 22);
static_assert(sizeof(BlockQ4_1) == 20 && sizeof(BlockQ4_0) == 18);

} // namespace workbook
