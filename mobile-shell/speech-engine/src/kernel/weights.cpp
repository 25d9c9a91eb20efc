// Which types of weight the kernel takes: those that whisper models are published in.

#include "weights.h"

#include "blocks.h"
#include "ggml.h"

namespace workbook {

const Weight *weight_of(int type) {
    static constexpr Weight f32{unpack_f32, 1, sizeof(float)};
    static constexpr Weight f16{unpack_f16, 1, sizeof(uint16_t)};
    static constexpr Weight q8_0{unpack_q8_0, numbers_in_block, sizeof(BlockQ8_0)};
    static constexpr Weight q5_1{unpack_q5_1, numbers_in_block, sizeof(BlockQ5_1)};
    static constexpr Weight q5_0{unpack_q5_0, numbers_in_block, sizeof(BlockQ5_0)};
    static constexpr Weight q4_1{unpack_q4_1, numbers_in_block, sizeof(BlockQ4_1)};
    static constexpr Weight q4_0{unpack_q4_0, numbers_in_block, sizeof(BlockQ4_0)};
    switch (type) {
    case GGML_TYPE_F32: return &f32;
    case GGML_TYPE_F16: return &f16;
    case GGML_TYPE_Q8_0: return &q8_0;
    case GGML_TYPE_Q5_1: return &q5_1;
    case GGML_TYPE_Q5_0: return &q5_0;
    case GGML_TYPE_Q4_1: return &q4_1;
    case GGML_TYPE_Q4_0: return &q4_0;
    default: return nullptr;
    }
}

} // namespace workbook
