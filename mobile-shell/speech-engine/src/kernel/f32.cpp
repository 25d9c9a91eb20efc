// Single-precision weights: nothing to unpack.

#include <cstring>

#include "weights.h"

namespace workbook {

void unpack_f32(const void *row, int64_t first, int64_t count, float *out) {
    memcpy(out, static_cast<const float *>(row) + first, count * sizeof(float));
}

} // namespace workbook
