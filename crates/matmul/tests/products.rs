//! Every variant, type of weight and shape, against plain sums in double precision.
//!
//! Checked for each: the numbers are right within rounding (where activations are quantised, the
//! reference quantises them too, and within what quantising may cost of the exact sum); every number of
//! the result is written, and nothing beside it; whatever the number of threads, the result is the same to
//! the bit; what isn't ours is left with nothing written.

use half::f16;
use matmul::{BLOCK, Given, Kind, Part, Variant, multiply};
use proptest::prelude::*;

/// Marks what must not be written.
const UNTOUCHED: f32 = 12_345.678;

/// Numbers without a random source.
struct Numbers(u32);

impl Numbers {
    fn bits(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    /// Mostly within ±1, some large, some tiny, some zero.
    fn float(&mut self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "24 bits")]
        let unit = self.bits() as f32 / 8_388_608.0 - 1.0;
        match self.bits() & 15 {
            0 => 0.0,
            1 => unit * 30.0,
            // A denormal in half precision.
            2 => unit * 1e-6,
            _ => unit,
        }
    }
}

/// A matrix in memory, and the numbers that it stands for.
struct Made {
    kind: Kind,
    memory: Vec<u8>,
    /// Where it begins, so that floats are aligned.
    start: usize,
    stride: usize,
    numbers: Vec<Vec<f64>>,
}

impl Made {
    /// Of `rows` rows of `depth` numbers, with some blocks of garbage between them.
    fn new(kind: Kind, rows: usize, depth: usize, gap: usize, seed: u32) -> Self {
        let mut source = Numbers(seed);
        let blocks = depth / kind.block();
        let stride = (blocks + gap) * kind.block_bytes();
        let mut memory = vec![0xEE; rows * stride + 4];
        let start = memory.as_ptr().align_offset(4);
        let mut numbers = Vec::new();
        for row in memory[start..].chunks_exact_mut(stride).take(rows) {
            let mut values = Vec::new();
            for block in row.chunks_exact_mut(kind.block_bytes()).take(blocks) {
                values.extend(fill(kind, block, &mut source));
            }
            numbers.push(values);
        }
        Self {
            kind,
            memory,
            start,
            stride,
            numbers,
        }
    }

    fn given(&self) -> Given<'_> {
        Given {
            kind: self.kind,
            bytes: &self.memory[self.start..],
            stride: self.stride,
            rows: self.numbers.len(),
        }
    }
}

/// Fills a block with made-up content and says what numbers those are, worked out one by one.
fn fill(kind: Kind, block: &mut [u8], source: &mut Numbers) -> Vec<f64> {
    let put_half = |block: &mut [u8], at: usize, value: f32| {
        let half = f16::from_f32(value);
        block[at..at + 2].copy_from_slice(&half.to_le_bytes());
        half.to_f64()
    };
    match kind {
        Kind::F32 => {
            let value = source.float();
            block.copy_from_slice(&value.to_le_bytes());
            return vec![f64::from(value)];
        }
        Kind::F16 => return vec![put_half(block, 0, source.float())],
        _ => {}
    }
    for byte in block.iter_mut() {
        *byte = u8::try_from(source.bits() & 0xFF).unwrap();
    }
    let scale = put_half(block, 0, source.float() / 16.0);
    let has_offset = matches!(kind, Kind::Q4_1 | Kind::Q5_1);
    let offset = if has_offset {
        put_half(block, 2, source.float())
    } else {
        0.0
    };
    let head = if has_offset { 4 } else { 2 };
    let has_fifth = matches!(kind, Kind::Q5_0 | Kind::Q5_1);
    (0..BLOCK)
        .map(|at| {
            if kind == Kind::Q8_0 {
                return f64::from(i8::from_ne_bytes([block[2 + at]])) * scale;
            }
            let packed = block[head + if has_fifth { 4 } else { 0 } + at % 16];
            let four = if at < 16 { packed & 15 } else { packed >> 4 };
            let fifth = if has_fifth {
                (block[head + at / 8] >> (at % 8)) & 1
            } else {
                0
            };
            let level = f64::from(four + 16 * fifth);
            match kind {
                Kind::Q4_0 => (level - 8.0) * scale,
                Kind::Q5_0 => (level - 16.0) * scale,
                _ => level * scale + offset,
            }
        })
        .collect()
}

/// A column of activations in eight bits, as the integer ways see it.
fn quantised(column: &[f64]) -> Vec<f64> {
    column
        .chunks(BLOCK)
        .flat_map(|block| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "they were single precision"
            )]
            let largest = block
                .iter()
                .fold(0.0_f32, |most, x| most.max(x.abs() as f32));
            let scale = largest / 127.0;
            let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
            block.iter().map(move |&number| {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "they were single precision"
                )]
                let level = (number as f32 * inverse).round_ties_even();
                f64::from(level) * f64::from(scale)
            })
        })
        .collect()
}

#[derive(Debug, Clone, Copy)]
struct Shape {
    rows: usize,
    columns: usize,
    depth: usize,
    gaps: [usize; 3],
}

impl Shape {
    fn made(self, weights: Kind, activations: Kind) -> (Made, Made) {
        (
            Made::new(weights, self.rows, self.depth, self.gaps[0], 1),
            Made::new(activations, self.columns, self.depth, self.gaps[1], 2),
        )
    }

    fn stride(self) -> usize {
        self.rows + self.gaps[2]
    }
}

/// Whether it was taken, and the result with what lies around it.
fn compute(
    variant: Variant,
    (weights, activations): &(Made, Made),
    shape: Shape,
    threads: usize,
) -> (bool, Vec<f32>) {
    let mut result = vec![UNTOUCHED; shape.stride() * shape.columns + 16];
    let taken = (0..threads).all(|thread| {
        multiply(
            variant,
            weights.given(),
            activations.given(),
            shape.depth,
            &mut result,
            shape.stride(),
            Part { thread, threads },
        )
    });
    (taken, result)
}

/// Whether the variant multiplies activations in eight bits.
fn is_integer(variant: Variant, weights: Kind, columns: usize) -> bool {
    weights.is_quantised()
        && variant != Variant::Plain
        && (columns < 8 || weights != Kind::Q8_0 || variant != Variant::Avx2)
}

fn is_ours(variant: Variant, weights: Kind, activations: Kind, shape: Shape) -> bool {
    let few = shape.columns < 8;
    shape.rows >= 8
        && !(few && variant == Variant::Plain && weights.is_quantised())
        && !(few && !weights.is_quantised() && activations != Kind::F32)
}

fn check(variant: Variant, weights: Kind, activations: Kind, shape: Shape) {
    let context = format!("{variant:?} {weights:?} × {activations:?} {shape:?}");
    let made = shape.made(weights, activations);
    let (taken, once) = compute(variant, &made, shape, 1);
    assert_eq!(
        taken,
        is_ours(variant, weights, activations, shape),
        "{context}"
    );
    if !taken {
        assert!(
            once.iter().all(|&value| value == UNTOUCHED),
            "left, but written: {context}"
        );
        return;
    }
    let integer = is_integer(variant, weights, shape.columns);
    for (column, exact) in made.1.numbers.iter().enumerate() {
        let seen = if integer {
            quantised(exact)
        } else {
            exact.clone()
        };
        for (row, weights) in made.0.numbers.iter().enumerate() {
            let sum = |other: &[f64]| weights.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
            let size = |other: &[f64]| {
                weights
                    .iter()
                    .zip(other)
                    .map(|(a, b)| (a * b).abs())
                    .sum::<f64>()
            };
            let got = f64::from(once[column * shape.stride() + row]);
            // Single precision keeps 24 bits; a sum of k products is off by the root of k halves of the
            // last bit of the sum of absolute products, usually. Levels without their offset are up to 16
            // times (q8_0: 2 times the largest) larger than what they stand for.
            let rounding = (shape.depth as f64).sqrt() * 8.0 / 16_777_216.0;
            let slack = if integer { 40.0 } else { 1.0 };
            let largest = weights.iter().fold(0.0_f64, |most, w| most.max(w.abs()));
            let floor = largest * seen.iter().map(|x| x.abs()).sum::<f64>() * 1e-6;
            let allowed =
                size(&seen) * rounding * slack + if integer { floor } else { 0.0 } + 1e-30;
            let wanted = sum(&seen);
            assert!(
                (got - wanted).abs() <= allowed,
                "{context}: {got} not {wanted} ± {allowed} at {row}, {column}"
            );
        }
    }
    for (at, &value) in once.iter().enumerate() {
        let inside = at < shape.stride() * shape.columns && at % shape.stride() < shape.rows;
        assert!(
            inside || value == UNTOUCHED,
            "{context}: written outside, at {at}"
        );
        assert!(
            !inside || value != UNTOUCHED,
            "{context}: not written, at {at}"
        );
    }
    for threads in [2, 3, 7] {
        let (_, shared) = compute(variant, &made, shape, threads);
        let same = once
            .iter()
            .zip(&shared)
            .all(|(a, b)| a.to_bits() == b.to_bits());
        assert!(same, "{context}: {threads} threads differ from one");
    }
}

fn available() -> impl Iterator<Item = Variant> {
    Variant::ALL
        .into_iter()
        .filter(|variant| variant.is_available())
}

#[test]
fn every_variant_type_and_odd_shape_gives_the_right_numbers() {
    let sizes = [1, 2, 7, 8, 9, 13, 33, 64, 67, 130];
    for variant in available() {
        for weights in Kind::ALL {
            // A depth of one, one that isn't a multiple of four, a whole stretch (256), and more than one.
            let depths: &[usize] = if weights.is_quantised() {
                &[32, 64, 256, 288, 544]
            } else {
                &[1, 3, 64, 255, 257, 600]
            };
            for activations in [Kind::F32, Kind::F16] {
                for rows in sizes {
                    for columns in sizes {
                        let depth = |at: usize| depths[at % depths.len()];
                        let gaps = if (rows + columns) % 2 == 0 {
                            [0; 3]
                        } else {
                            [3, 5, 2]
                        };
                        let shape = Shape {
                            rows,
                            columns,
                            depth: depth(rows * 3 + columns),
                            gaps,
                        };
                        check(variant, weights, activations, shape);
                    }
                }
            }
        }
    }
}

/// What Whisper's matrices look like, largest last.
#[test]
fn long_rows_and_many_columns_come_in_several_pieces() {
    for variant in available() {
        for (weights, rows, columns, depth) in [
            (Kind::Q5_1, 40, 500, 1536),
            (Kind::Q8_0, 17, 300, 5120),
            (Kind::F16, 64, 200, 1500),
            (Kind::Q5_0, 80, 3, 5120),
        ] {
            let shape = Shape {
                rows,
                columns,
                depth,
                gaps: [0; 3],
            };
            check(variant, weights, Kind::F32, shape);
        }
    }
}

#[test]
fn what_is_not_there_is_not_read() {
    let shape = Shape {
        rows: 16,
        columns: 16,
        depth: 64,
        gaps: [0; 3],
    };
    let (weights, activations) = shape.made(Kind::Q5_1, Kind::F32);
    let mut result = vec![UNTOUCHED; 16 * 16];
    let mut ask = |weights: Given<'_>, activations: Given<'_>, depth, stride, part| {
        multiply(
            Variant::best(),
            weights,
            activations,
            depth,
            &mut result,
            stride,
            part,
        )
    };
    let (w, a) = (weights.given(), activations.given());
    assert!(!ask(Given { rows: 18, ..w }, a, 64, 18, Part::WHOLE));
    assert!(!ask(
        Given {
            rows: usize::MAX,
            ..w
        },
        a,
        64,
        16,
        Part::WHOLE
    ));
    assert!(!ask(
        w,
        Given {
            stride: usize::MAX / 2,
            ..a
        },
        64,
        16,
        Part::WHOLE
    ));
    assert!(!ask(
        w,
        Given {
            bytes: &a.bytes[1..],
            ..a
        },
        32,
        16,
        Part::WHOLE
    ));
    assert!(!ask(w, a, 40, 16, Part::WHOLE));
    assert!(!ask(w, a, 64, 17, Part::WHOLE));
    assert!(!ask(
        w,
        a,
        64,
        16,
        Part {
            thread: 1,
            threads: 1
        }
    ));
    assert!(ask(w, a, 64, 16, Part::WHOLE));
}

/// What isn't a number, or is endless, must not bring the process down, nor touch other columns.
#[test]
fn what_is_not_a_number_stays_in_its_column() {
    let shape = Shape {
        rows: 16,
        columns: 16,
        depth: 64,
        gaps: [0; 3],
    };
    for variant in available() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
            let (weights, mut activations) = shape.made(Kind::Q5_1, Kind::F32);
            let (_, before) = compute(variant, &(weights, activations), shape, 1);
            (_, activations) = shape.made(Kind::Q5_1, Kind::F32);
            let at = activations.start + 3 * activations.stride;
            activations.memory[at..at + 4].copy_from_slice(&bad.to_le_bytes());
            let weights = shape.made(Kind::Q5_1, Kind::F32).0;
            let (taken, after) = compute(variant, &(weights, activations), shape, 1);
            assert!(taken);
            for (at, (before, after)) in before.iter().zip(&after).enumerate() {
                assert!(
                    at / 16 == 3 || before.to_bits() == after.to_bits(),
                    "{bad} at {at}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_shape(
        kind in 0_usize..7, rows in 1_usize..90, columns in 1_usize..90, blocks in 1_usize..12,
        gaps in [0_usize..4, 0..4, 0..4]
    ) {
        let shape = Shape { rows, columns, depth: blocks * BLOCK, gaps };
        for variant in available() {
            check(variant, Kind::ALL[kind], Kind::F32, shape);
        }
    }
}
