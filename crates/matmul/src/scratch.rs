//! Memory of a thread for packed weights and activations, kept from call to call.

use std::cell::RefCell;

/// A cache line: what the processor loads at once, and what packed numbers are aligned to.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line(#[expect(dead_code, reason = "read through a pointer")] [u8; 64]);

/// Two stretches of memory, aligned to cache lines.
#[derive(Default)]
struct Scratch {
    panel: Vec<Line>,
    strips: Vec<Line>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Room for `panel` and for `strips` bytes, with any content; this thread's until its next call.
///
/// (Not lent to a closure: a closure is compiled without its caller's instructions.)
pub(crate) fn room(panel: usize, strips: usize) -> (*mut u8, *mut u8) {
    SCRATCH.with_borrow_mut(|scratch| {
        (
            grown(&mut scratch.panel, panel),
            grown(&mut scratch.strips, strips),
        )
    })
}

fn grown(lines: &mut Vec<Line>, bytes: usize) -> *mut u8 {
    let wanted = bytes.div_ceil(size_of::<Line>());
    if lines.len() < wanted {
        lines.resize(wanted, Line([0; 64]));
    }
    lines.as_mut_ptr().cast()
}
