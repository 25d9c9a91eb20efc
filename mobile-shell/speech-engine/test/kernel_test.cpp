// Every type of weight times shapes that don't fit the tiles, against the plain reference.
//
// Checked for each: the numbers are right within the tolerance below; every number of the result is written, and nothing
// beside it (the gaps between columns hold a mark); whatever the number of threads, the result is the same to the bit;
// shapes and types that aren't ours are left to ggml with nothing written.
//
// Tolerance: single precision keeps 24 bits; a sum of k products may be off by k halves of the last bit of the sum of the
// absolute products in the worst case, by the root of k usually. 2^-24 * 8 * sqrt(k) of that sum is allowed; a wrong
// number or a missing product is thousands of times more.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

#include "ggml-cpu-impl.h"
#include "ggml.h"
#include "llamafile/sgemm.h"
#include "reference.h"

namespace {

constexpr float untouched = 12345.678f;
int failures = 0;
int checks = 0;

/// Numbers without a random source, some of them large, some tiny, and zero now and then.
float number(uint32_t &state) {
    state = state * 1664525u + 1013904223u;
    const float unit = static_cast<float>(state >> 8) / 8388608.0f - 1.0f;
    switch ((state >> 4) & 15) {
    case 0: return 0.0f;
    case 1: return unit * 30.0f;
    case 2: return unit * 1e-6f; // a denormal in half precision
    default: return unit;
    }
}

/// `rows` rows of `k` numbers in ggml's type, each row `stride` blocks long; what is beyond the k numbers is garbage.
std::vector<uint8_t> matrix(int type, int64_t rows, int64_t k, int64_t stride, uint32_t seed) {
    const auto *traits = ggml_get_type_traits(static_cast<ggml_type>(type));
    const size_t row_size = stride * traits->type_size;
    std::vector<uint8_t> bytes(rows * row_size, 0xee);
    std::vector<float> row(k);
    for (int64_t at = 0; at < rows; at++) {
        for (float &value : row) {
            value = number(seed);
        }
        void *to = bytes.data() + at * row_size;
        if (type == GGML_TYPE_F32) {
            memcpy(to, row.data(), k * sizeof(float));
        } else {
            traits->from_float_ref(row.data(), to, k);
        }
    }
    return bytes;
}

struct Shape {
    int weights;
    int activations;
    int64_t m, n, blocks;
    int64_t extra_a, extra_b, extra_c; ///< by how much rows are longer than their numbers
};

std::vector<float> multiply(const Shape &of, const std::vector<uint8_t> &a, const std::vector<uint8_t> &b, int threads,
                            bool &taken) {
    const int64_t k = of.blocks * ggml_blck_size(static_cast<ggml_type>(of.weights));
    const int64_t ldc = of.m + of.extra_c;
    std::vector<float> c(ldc * of.n + 16, untouched);
    taken = true;
    for (int thread = 0; thread < threads; thread++) {
        ggml_compute_params params{};
        params.ith = thread;
        params.nth = threads;
        taken = llamafile_sgemm(&params, of.m, of.n, of.blocks, a.data(), of.blocks + of.extra_a, b.data(),
                                k + of.extra_b, c.data(), ldc, of.weights, of.activations, GGML_TYPE_F32) &&
                taken;
    }
    return c;
}

void fail(const Shape &of, int threads, const char *what, int64_t row, int64_t column, double got, double wanted) {
    if (++failures <= 20) {
        printf("FAIL %s x %s m=%lld n=%lld blocks=%lld threads=%d: %s at row %lld column %lld: %.9g, not %.9g\n",
               ggml_type_name(static_cast<ggml_type>(of.weights)),
               ggml_type_name(static_cast<ggml_type>(of.activations)), static_cast<long long>(of.m),
               static_cast<long long>(of.n), static_cast<long long>(of.blocks), threads, what,
               static_cast<long long>(row), static_cast<long long>(column), got, wanted);
    }
}

void check_numbers(const Shape &of, const std::vector<uint8_t> &a, const std::vector<uint8_t> &b,
                   const std::vector<float> &c) {
    const auto *traits_a = ggml_get_type_traits(static_cast<ggml_type>(of.weights));
    const auto *traits_b = ggml_get_type_traits(static_cast<ggml_type>(of.activations));
    const int64_t k = of.blocks * traits_a->blck_size;
    const int64_t ldc = of.m + of.extra_c;
    std::vector<std::vector<float>> columns;
    for (int64_t column = 0; column < of.n; column++) {
        columns.push_back(reference_row(of.activations, b.data() + column * (k + of.extra_b) * traits_b->type_size, k));
    }
    for (int64_t row = 0; row < of.m; row++) {
        const auto weights = reference_row(of.weights, a.data() + row * (of.blocks + of.extra_a) * traits_a->type_size, k);
        for (int64_t column = 0; column < of.n; column++) {
            const Dot wanted = reference_dot(weights, columns[column]);
            const double got = c[column * ldc + row];
            const double allowed = wanted.size * std::sqrt(static_cast<double>(k)) * 8 / 16777216.0 + 1e-30;
            checks++;
            if (!(std::fabs(got - wanted.sum) <= allowed)) {
                fail(of, 1, "wrong number", row, column, got, wanted.sum);
            }
        }
    }
    for (int64_t at = 0; at < static_cast<int64_t>(c.size()); at++) {
        const bool is_gap = at >= ldc * of.n || at % ldc >= of.m;
        if (is_gap && c[at] != untouched) {
            fail(of, 1, "written outside", at % ldc, at / ldc, c[at], untouched);
        }
    }
}

void check(const Shape &of) {
    const int64_t k = of.blocks * ggml_blck_size(static_cast<ggml_type>(of.weights));
    const auto a = matrix(of.weights, of.m, k, of.blocks + of.extra_a, 1);
    const auto b = matrix(of.activations, of.n, k, k + of.extra_b, 2);
    const bool is_ours = of.m >= 8 && of.n >= 8;
    bool taken;
    const auto once = multiply(of, a, b, 1, taken);
    if (taken != is_ours) {
        return fail(of, 1, "taken or left wrongly", 0, 0, taken, is_ours);
    }
    if (!taken) {
        for (const float value : once) {
            if (value != untouched) {
                return fail(of, 1, "left, but written", 0, 0, value, untouched);
            }
        }
        return;
    }
    check_numbers(of, a, b, once);
    for (const int threads : {2, 3, 4, 7}) {
        const auto shared = multiply(of, a, b, threads, taken);
        if (!taken || memcmp(once.data(), shared.data(), once.size() * sizeof(float)) != 0) {
            fail(of, threads, "differs from one thread", 0, 0, 0, 0);
        }
    }
}

void refuses_what_it_cannot_read() {
    for (const int type : {GGML_TYPE_Q4_K, GGML_TYPE_Q6_K, GGML_TYPE_BF16, GGML_TYPE_IQ4_NL}) {
        const auto a = matrix(GGML_TYPE_F32, 64, 512, 512, 1);
        float c[1] = {untouched};
        ggml_compute_params params{};
        params.nth = 1;
        if (llamafile_sgemm(&params, 8, 8, 1, a.data(), 1, a.data(), 256, c, 8, type, GGML_TYPE_F32, GGML_TYPE_F32) ||
            c[0] != untouched) {
            fail({type, GGML_TYPE_F32, 8, 8, 1, 0, 0, 0}, 1, "taken though unreadable", 0, 0, 1, 0);
        }
    }
}

/// Each of the 65,536 half-precision numbers, as ggml reads it.
void reads_every_half() {
    constexpr int64_t m = 65536;
    std::vector<uint16_t> a(m);
    for (int64_t at = 0; at < m; at++) {
        a[at] = static_cast<uint16_t>(at);
    }
    std::vector<float> b(8, 1.0f);
    std::vector<float> c(m * 8);
    ggml_compute_params params{};
    params.nth = 1;
    llamafile_sgemm(&params, m, 8, 1, a.data(), 1, b.data(), 1, c.data(), m, GGML_TYPE_F16, GGML_TYPE_F32, GGML_TYPE_F32);
    for (int64_t at = 0; at < m; at++) {
        const float wanted = ggml_fp16_to_fp32(a[at]);
        checks++;
        if (!(c[at] == wanted || (std::isnan(c[at]) && std::isnan(wanted)))) {
            fail({GGML_TYPE_F16, GGML_TYPE_F32, m, 8, 1, 0, 0, 0}, 1, "half read wrongly", at, 0, c[at], wanted);
        }
    }
}

} // namespace

int main() {
    ggml_init_params settings{1024, nullptr, true};
    ggml_free(ggml_init(settings)); // fills ggml's tables
    const int64_t sizes[] = {1, 7, 8, 9, 15, 33, 64, 67, 130};
    for (const int weights : {GGML_TYPE_F32, GGML_TYPE_F16, GGML_TYPE_Q8_0, GGML_TYPE_Q5_1, GGML_TYPE_Q5_0,
                              GGML_TYPE_Q4_1, GGML_TYPE_Q4_0}) {
        const bool has_blocks = ggml_blck_size(static_cast<ggml_type>(weights)) > 1;
        // A depth of one, one that isn't a multiple of four, a whole stretch (384), and more than one.
        const std::vector<int64_t> depths = has_blocks ? std::vector<int64_t>{1, 2, 12, 13, 25}
                                                       : std::vector<int64_t>{1, 3, 64, 383, 385, 771};
        for (const int activations : {GGML_TYPE_F32, GGML_TYPE_F16}) {
            for (const int64_t m : sizes) {
                for (const int64_t n : sizes) {
                    const int64_t blocks = depths[(m * 3 + n) % depths.size()];
                    check({weights, activations, m, n, blocks, 0, 0, 0});
                    check({weights, activations, m, n, depths[(m + n) % depths.size()], 3, 5, 2});
                }
            }
        }
    }
    refuses_what_it_cannot_read();
    reads_every_half();
    printf("%d numbers checked, %d failures\n", checks, failures);
    return failures == 0 && checks > 100000 ? 0 : 1;
}
