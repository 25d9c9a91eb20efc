//! What kind of file these bytes are, told from the first of them; and the one WAV header field
//! that decoders must not trust.
//!
//! The RIFF length (bytes 4..8) repeats what the data chunk says. Recorders that crash or stream
//! leave it 0 or wrong, and a decoder that believes it rejects the file as malformed instead of
//! telling how much of it is there. [`Source`] therefore shows it as "unknown" (`0xFFFF_FFFF`).

use std::io::{self, Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;

use super::AudioError;

/// The kinds of file that are decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Wav,
    Flac,
    /// MP3, with or without a tag before it.
    Mp3,
    /// Ogg, holding Vorbis, Opus or FLAC.
    Ogg,
    /// MP4 or M4A, holding AAC or Apple Lossless.
    Mp4,
    /// WebM or Matroska, holding Opus or Vorbis.
    WebM,
    /// AAC as a bare stream.
    Aac,
}

impl Container {
    /// The everyday name, for messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Wav => "WAV",
            Self::Flac => "FLAC",
            Self::Mp3 => "MP3",
            Self::Ogg => "Ogg",
            Self::Mp4 => "MP4",
            Self::WebM => "WebM",
            Self::Aac => "AAC",
        }
    }
}

/// Tells the container from the first bytes of a file (12 are enough).
pub(super) fn sniff(head: &[u8]) -> Result<Container, AudioError> {
    let unsupported = |format| Err(AudioError::UnsupportedFormat { format });
    match head {
        [] => Err(AudioError::Empty),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'A',
            b'V',
            b'E',
            ..,
        ] => Ok(Container::Wav),
        [b'f', b'L', b'a', b'C', ..] => Ok(Container::Flac),
        [b'R', b'F', b'6', b'4', ..] => unsupported("RF64"),
        [b'F', b'O', b'R', b'M', ..] => unsupported("AIFF"),
        [b'O', b'g', b'g', b'S', ..] => Ok(Container::Ogg),
        [b'I', b'D', b'3', ..] | [0xFF, 0xFA | 0xFB | 0xF2 | 0xF3 | 0xE2 | 0xE3, ..] => {
            Ok(Container::Mp3)
        }
        [0xFF, 0xF0 | 0xF1 | 0xF8 | 0xF9, ..] => Ok(Container::Aac),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Ok(Container::Mp4),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Ok(Container::WebM),
        [b'c', b'a', b'f', b'f', ..] => unsupported("CAF"),
        [0x30, 0x26, 0xB2, 0x75, ..] => unsupported("WMA"),
        [b'#', b'!', b'A', b'M', b'R', ..] => unsupported("AMR"),
        // A WAV of which less than the header arrived.
        [b'R', b'I', b'F', b'F'] | [b'R', b'I', b'F', b'F', _, _, _, _] => {
            Err(AudioError::Damaged {
                readable_ms: 0,
                reason: "the header is cut off".to_owned(),
            })
        }
        _ => Err(AudioError::NotAudio),
    }
}

/// A seekable source that shows the RIFF length of a WAV file as unknown.
pub(super) struct Source<R> {
    inner: R,
    position: u64,
    length: u64,
    is_wav: bool,
}

impl<R: Read + Seek> Source<R> {
    /// Reads the head of `inner`, tells its container and goes back to the start.
    pub(super) fn open(mut inner: R) -> Result<(Self, Container), AudioError> {
        let length = inner.seek(SeekFrom::End(0)).map_err(AudioError::Read)?;
        inner.rewind().map_err(AudioError::Read)?;
        let mut head = Vec::with_capacity(12);
        inner
            .by_ref()
            .take(12)
            .read_to_end(&mut head)
            .map_err(AudioError::Read)?;
        let container = sniff(&head)?;
        if container == Container::Wav {
            super::fmt_chunk::check(&mut inner)?;
        }
        inner.rewind().map_err(AudioError::Read)?;
        let is_wav = container == Container::Wav;
        let source = Self {
            inner,
            position: 0,
            length,
            is_wav,
        };
        Ok((source, container))
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if self.is_wav && self.position < 8 {
            for (offset, byte) in (self.position..).zip(buffer.iter_mut().take(count)) {
                if (4..8).contains(&offset) {
                    *byte = 0xFF;
                }
            }
        }
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for Source<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.inner.seek(to)?;
        Ok(self.position)
    }
}

impl<R: Read + Seek + Send + Sync> MediaSource for Source<R> {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn the_content_decides() {
        assert_eq!(sniff(b"RIFF\0\0\0\0WAVEfmt ").unwrap(), Container::Wav);
        assert_eq!(sniff(b"fLaC").unwrap(), Container::Flac);
        assert!(matches!(sniff(b""), Err(AudioError::Empty)));
        assert!(matches!(
            sniff(b"Dear colleague"),
            Err(AudioError::NotAudio)
        ));
        let amr = sniff(b"#!AMR\n").unwrap_err().to_string();
        assert!(amr.contains("AMR"), "{amr}");
    }

    #[test]
    fn the_riff_length_reads_as_unknown() {
        let (mut source, _) =
            Source::open(Cursor::new(b"RIFF\x01\x02\x03\x04WAVE".to_vec())).unwrap();
        let mut seen = [0; 12];
        source.read_exact(&mut seen[..6]).unwrap();
        source.read_exact(&mut seen[6..]).unwrap();
        assert_eq!(&seen, b"RIFF\xFF\xFF\xFF\xFFWAVE");
    }
}
