//! What the processors of laptops and servers have, beyond what they all have.

mod levels;
mod narrow;
mod wide;

use crate::share::Part;
use crate::task::Task;
use crate::{Variant, Way};

/// Whether the processor has what a variant needs.
pub(crate) fn has(variant: Variant) -> bool {
    let narrow = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("f16c");
    match variant {
        Variant::Plain => true,
        Variant::Avx2 => narrow,
        Variant::AvxVnni => narrow && is_x86_feature_detected!("avxvnni"),
        Variant::Avx512 => {
            narrow
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
        }
    }
}

/// Multiplies by a variant that the processor [has](has).
///
/// # Safety
///
/// The task's memory must be there; the variant must not be plain.
pub(crate) unsafe fn multiply(variant: Variant, way: Way, task: &Task, part: Part) {
    // SAFETY: the caller's promise.
    unsafe {
        match (variant, way) {
            (Variant::Avx512, Way::Float) => wide::float(task, part),
            (Variant::Avx512, Way::FloatDot) => wide::float_dot(task, part),
            (Variant::Avx512, Way::Integer) => wide::integer(task, part),
            (Variant::Avx512, Way::IntegerDot) => narrow::avx512_integer_dot(task, part),
            (Variant::AvxVnni, Way::Integer) => narrow::vnni_integer(task, part),
            (Variant::AvxVnni, Way::IntegerDot) => narrow::vnni_integer_dot(task, part),
            (_, Way::Float) => narrow::float(task, part),
            (_, Way::FloatDot) => narrow::float_dot(task, part),
            (_, Way::Integer) => narrow::integer(task, part),
            (_, Way::IntegerDot) => narrow::integer_dot(task, part),
        }
    }
}
