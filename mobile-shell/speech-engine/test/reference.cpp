#include "reference.h"

#include <cmath>

#include "ggml.h"

std::vector<float> reference_row(int type, const void *row, int64_t count) {
    std::vector<float> numbers(count);
    if (type == GGML_TYPE_F32) {
        const float *from = static_cast<const float *>(row);
        numbers.assign(from, from + count);
    } else {
        ggml_get_type_traits(static_cast<ggml_type>(type))->to_float(row, numbers.data(), count);
    }
    return numbers;
}

Dot reference_dot(const std::vector<float> &a, const std::vector<float> &b) {
    Dot dot{0, 0};
    for (size_t k = 0; k < a.size(); k++) {
        const double product = static_cast<double>(a[k]) * b[k];
        dot.sum += product;
        dot.size += std::fabs(product);
    }
    return dot;
}
