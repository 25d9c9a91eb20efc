// Which part of the result each thread computes.
//
// All threads call the kernel with the same matrices; each must compute its own part and no other, and the parts must
// cover the result. Columns are shared out when there are many (so that threads read the same weights at the same
// time), else rows.
#pragma once

#include <cstdint>

namespace workbook {

/// A half-open range.
struct Range {
    int64_t start;
    int64_t end;
};

/// The part of `count` that thread `thread` of `threads` takes, in whole steps of `step` (but for the last).
inline Range share(int64_t count, int64_t step, int thread, int threads) {
    const auto bound = [&](int64_t at) {
        const int64_t rounded = (count * at / threads + step - 1) / step * step;
        return at == threads || rounded > count ? count : rounded;
    };
    return {bound(thread), bound(thread + 1)};
}

/// From this many columns on, columns are shared out.
constexpr int64_t many_columns = 64;

} // namespace workbook
