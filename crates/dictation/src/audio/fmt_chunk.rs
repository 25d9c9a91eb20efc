//! Looks at the `fmt ` chunks of a WAV before the decoder does.
//!
//! symphonia 0.6.1 multiplies channels by bytes a sample in 16 bits without looking, which panics in
//! debug builds and wraps in others; numbers beyond any recorder's are refused here instead.

use std::io::{self, Read, Seek, SeekFrom};

use super::AudioError;

/// More channels or bits than any recorder writes; their product fits where the decoder needs it.
const MAX_CHANNELS: u16 = 32;
const MAX_BITS: u16 = 64;

/// Refuses a WAV (positioned anywhere; left anywhere) with absurd numbers in a `fmt ` chunk.
pub(super) fn check<R: Read + Seek>(source: &mut R) -> Result<(), AudioError> {
    source.seek(SeekFrom::Start(12)).map_err(AudioError::Read)?;
    // A file that ends early is the decoder's to report.
    while let Some(chunk) = next_chunk(source).map_err(AudioError::Read)? {
        if let Chunk::Format { channels, bits } = chunk
            && (channels == 0 || channels > MAX_CHANNELS || bits > MAX_BITS)
        {
            return Err(AudioError::Damaged {
                readable_ms: 0,
                reason: format!("its header says {channels} channels of {bits} bits"),
            });
        }
    }
    Ok(())
}

enum Chunk {
    Format { channels: u16, bits: u16 },
    Other,
}

/// Steps over one chunk; `None` at the sound itself or at the end of the file.
fn next_chunk<R: Read + Seek>(source: &mut R) -> io::Result<Option<Chunk>> {
    let mut head = [0; 8];
    if !filled(source, &mut head)? || head.starts_with(b"data") {
        return Ok(None);
    }
    let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    // Chunks begin at even offsets.
    let length = i64::from(length) + i64::from(length % 2);
    if !head.starts_with(b"fmt ") {
        source.seek_relative(length)?;
        return Ok(Some(Chunk::Other));
    }
    let mut body = [0; 16];
    if !filled(source, &mut body)? {
        return Ok(None);
    }
    source.seek_relative(length - 16)?;
    Ok(Some(Chunk::Format {
        channels: u16::from_le_bytes([body[2], body[3]]),
        bits: u16::from_le_bytes([body[14], body[15]]),
    }))
}

/// Fills `buffer`; false where the file ends first.
fn filled<R: Read>(source: &mut R, buffer: &mut [u8]) -> io::Result<bool> {
    match source.read_exact(buffer) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        result => result.map(|()| true),
    }
}
