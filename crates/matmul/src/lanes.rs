//! Several floats in one register: what the float kernel is written in, once for all processors.
//!
//! Implementations for x86 are in `x86`; [`Four`] is plain Rust for everything else, which compilers
//! turn into the 128-bit instructions that every 64-bit processor has (SSE2, NEON).

/// A register of floats.
///
/// # Safety
///
/// Methods may be called only where the processor has the implementation's instructions; pointers
/// must be good for [`Self::WIDTH`] numbers and need no alignment.
pub(crate) trait Lanes: Copy {
    /// Numbers in a register.
    const WIDTH: usize;

    unsafe fn splat(value: f32) -> Self;
    unsafe fn load(from: *const f32) -> Self;
    unsafe fn load_halves(from: *const u16) -> Self;
    unsafe fn store(self, to: *mut f32);
    unsafe fn add(self, other: Self) -> Self;
    /// `self + a * b`
    unsafe fn multiply_add(self, a: Self, b: Self) -> Self;
}

/// Four floats without any instructions of a particular processor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Four([f32; 4]);

impl Lanes for Four {
    const WIDTH: usize = 4;

    #[inline(always)]
    unsafe fn splat(value: f32) -> Self {
        Self([value; 4])
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller's promise.
        Self(unsafe { from.cast::<[f32; 4]>().read_unaligned() })
    }

    #[inline(always)]
    unsafe fn load_halves(from: *const u16) -> Self {
        // SAFETY: the caller's promise.
        let halves = unsafe { from.cast::<[u16; 4]>().read_unaligned() };
        Self(halves.map(crate::kind::half_to_float))
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<[f32; 4]>().write_unaligned(self.0) }
    }

    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] + other.0[at]))
    }

    #[inline(always)]
    unsafe fn multiply_add(self, a: Self, b: Self) -> Self {
        // Two roundings: not every processor has the instruction that makes one of them.
        Self(std::array::from_fn(|at| self.0[at] + a.0[at] * b.0[at]))
    }
}
