// Weights as the model file holds them, to floats.
//
// A model's matrices are stored in blocks of 32 numbers that share a scale (and, in the "_1" types, an offset). The
// kernel multiplies floats only, so each stretch of a row is unpacked first; since each stretch is then used for hundreds of
// columns, the unpacking is a small part of the work.
//
// One file per type. Not here: what is done with the floats (panel.h, tile.h).
#pragma once

#include <cstdint>

namespace workbook {

/// Unpacks numbers `first` .. `first + count` of a row into `out`. `first` and `count` are multiples of 32 for types with
/// blocks of 32.
using Unpack = void (*)(const void *row, int64_t first, int64_t count, float *out);

void unpack_f32(const void *row, int64_t first, int64_t count, float *out);
void unpack_f16(const void *row, int64_t first, int64_t count, float *out);
void unpack_q8_0(const void *row, int64_t first, int64_t count, float *out);
void unpack_q5_1(const void *row, int64_t first, int64_t count, float *out);
void unpack_q5_0(const void *row, int64_t first, int64_t count, float *out);
void unpack_q4_1(const void *row, int64_t first, int64_t count, float *out);
void unpack_q4_0(const void *row, int64_t first, int64_t count, float *out);

/// A type of weight that the kernel takes.
struct Weight {
    Unpack unpack;
    int block;      ///< numbers in a block
    int block_size; ///< bytes of a block
};

/// How to read weights of ggml's type number `type`; nullptr for types that the kernel leaves to ggml.
const Weight *weight_of(int type);

} // namespace workbook
