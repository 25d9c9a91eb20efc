//! Builds small WAV files, right and wrong.

/// A mono 16-bit WAV of `rate`.
pub(crate) fn pcm16(rate: u32, samples: &[i16]) -> Vec<u8> {
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect();
    wav(1, 1, rate, 16, &data)
}

/// A WAV of any format code, channels, rate and bits.
pub(crate) fn wav(code: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap();
    let block = channels * bits / 8;
    let mut out = b"RIFF".to_vec();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16_u32.to_le_bytes());
    out.extend(code.to_le_bytes());
    out.extend(channels.to_le_bytes());
    out.extend(rate.to_le_bytes());
    out.extend((rate * u32::from(block)).to_le_bytes());
    out.extend(block.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend(b"data");
    out.extend(length.to_le_bytes());
    out.extend(data);
    out
}

/// A 440 Hz tone.
pub(crate) fn tone(rate: u32, samples: u32) -> Vec<i16> {
    (0..samples)
        .map(|n| {
            let turn = f64::from(n) / f64::from(rate) * 440.0 * std::f64::consts::TAU;
            #[expect(clippy::cast_possible_truncation, reason = "within 10,000")]
            let sample = (turn.sin() * 10_000.0) as i16;
            sample
        })
        .collect()
}
