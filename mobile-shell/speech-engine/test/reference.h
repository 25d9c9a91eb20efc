// The plain reference that the kernel is checked against: no SIMD, no tiles, one number after the other in double
// precision, weights unpacked by ggml itself.
#pragma once

#include <cstdint>
#include <vector>

/// Number k of a row of ggml's type `type`, by ggml's own unpacking.
std::vector<float> reference_row(int type, const void *row, int64_t count);

/// The dot product of two rows, and of their absolute values (which is what rounding errors grow with).
struct Dot {
    double sum;
    double size;
};
Dot reference_dot(const std::vector<float> &a, const std::vector<float> &b);
