// Matrix multiplication for WebAssembly, behind ggml's hook for it.
//
// ggml multiplies matrices row by row with dot products, on WebAssembly mostly without SIMD: a dictation took longer to
// recognise than to speak. But it first asks a function named `llamafile_sgemm`, where one is linked in
// (GGML_USE_LLAMAFILE), and only works itself if that answers false. This is our own function of that name: it took
// recognition from 1.35 times the length of the recording to a third of it and less.
//
// What it computes: result[c * result_stride + r] = sum over k of weights[r][k] * activations[c][k].
//
// How: weights are unpacked to floats (weights.h) into panels of eight rows (panel.h), a slab of them at a time, which
// stays in the second cache; for each four columns of activations the slab is multiplied tile by tile (tile.h).
//
// Invariants: whether a multiplication is taken depends only on its shape and types, so that all threads decide alike;
// each thread writes its share (share.h) and nothing else; the same input gives the same result whatever the number
// of threads.

#include "ggml-cpu-impl.h"
#include "ggml.h"
#include "llamafile/sgemm.h"
#include "panel.h"
#include "share.h"
#include "tile.h"
#include "weights.h"

namespace workbook {
namespace {

/// Rows of weights that are unpacked at a time (96 kB at full stretch).
constexpr int64_t slab_rows = 64;

/// Below this many rows or columns, packing costs more than it saves; ggml's dot products do better.
constexpr int64_t few = 8;

struct Matrices {
    const Weight &weight;
    const char *weights;
    int64_t weights_row; ///< bytes
    const Weight &activation;
    const char *activations;
    int64_t activations_row; ///< bytes
    float *result;
    int64_t result_stride; ///< floats
};

/// Unpacks `rows` rows from row `first_row` on into panels one after the other.
void pack_slab(const Matrices &of, int64_t first_row, int64_t rows, int64_t first, int64_t count, float *slab) {
    for (int64_t at = 0; at < rows; at += panel_rows) {
        const int height = rows - at < panel_rows ? static_cast<int>(rows - at) : panel_rows;
        pack_panel(of.weight, of.weights + (first_row + at) * of.weights_row, of.weights_row, height, first, count,
                   slab + at * stretch);
    }
}

/// Multiplies the slab with columns `columns`; `copy` holds columns that have to be converted first.
void multiply_slab(const Matrices &of, const float *slab, int64_t first_row, int64_t rows, Range columns, int64_t first,
                   int64_t count, float *copy) {
    for (int64_t column = columns.start; column < columns.end; column += tile_columns) {
        const int width = columns.end - column < tile_columns ? static_cast<int>(columns.end - column) : tile_columns;
        const float *inputs[tile_columns];
        for (int at = 0; at < width; at++) {
            const char *row = of.activations + (column + at) * of.activations_row;
            if (of.activation.unpack == unpack_f32) {
                inputs[at] = reinterpret_cast<const float *>(row) + first;
            } else {
                of.activation.unpack(row, first, count, copy + at * stretch);
                inputs[at] = copy + at * stretch;
            }
        }
        for (int64_t at = 0; at < rows; at += panel_rows) {
            const int height = rows - at < panel_rows ? static_cast<int>(rows - at) : panel_rows;
            const float *panel = slab + at * stretch;
            float *result = of.result + column * of.result_stride + first_row + at;
            if (width == tile_columns) {
                multiply_tile<tile_columns>(panel, inputs, count, result, of.result_stride, first == 0, height);
            } else {
                for (int one = 0; one < width; one++) {
                    multiply_tile<1>(panel, inputs + one, count, result + one * of.result_stride, of.result_stride,
                                     first == 0, height);
                }
            }
        }
    }
}

void multiply(const Matrices &of, Range rows, Range columns, int64_t depth) {
    static thread_local float slab[slab_rows * stretch];
    static thread_local float copy[tile_columns * stretch];
    for (int64_t first = 0; first < depth; first += stretch) {
        const int64_t count = depth - first < stretch ? depth - first : stretch;
        for (int64_t row = rows.start; row < rows.end; row += slab_rows) {
            const int64_t height = rows.end - row < slab_rows ? rows.end - row : slab_rows;
            pack_slab(of, row, height, first, count, slab);
            multiply_slab(of, slab, row, height, columns, first, count, copy);
        }
    }
}

} // namespace
} // namespace workbook

// The name and the arguments are ggml's: m rows, n columns, k blocks deep; strides in blocks of their types.
extern "C" bool llamafile_sgemm(const ggml_compute_params *params, int64_t m, int64_t n, int64_t k, const void *A,
                                int64_t lda, const void *B, int64_t ldb, void *C, int64_t ldc, int Atype, int Btype,
                                int Ctype) {
    using namespace workbook;
    const Weight *weight = weight_of(Atype);
    const bool can_read = Btype == GGML_TYPE_F32 || Btype == GGML_TYPE_F16;
    if (weight == nullptr || !can_read || Ctype != GGML_TYPE_F32 || m < few || n < few) {
        return false;
    }
    const Weight *activation = weight_of(Btype);
    const Matrices matrices{*weight,
                            static_cast<const char *>(A),
                            lda * weight->block_size,
                            *activation,
                            static_cast<const char *>(B),
                            ldb * activation->block_size,
                            static_cast<float *>(C),
                            ldc};
    Range rows{0, m};
    Range columns{0, n};
    if (n >= many_columns || n >= m) {
        columns = share(n, tile_columns, params->ith, params->nth);
    } else {
        rows = share(m, panel_rows, params->ith, params->nth);
    }
    multiply(matrices, rows, columns, k * weight->block);
    return true;
}
