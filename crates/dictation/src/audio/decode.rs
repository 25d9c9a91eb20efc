//! Packets to mono samples, and the check that all that was announced has arrived.

use std::io::{ErrorKind, Read, Seek};

use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::default::formats::{FlacReader, WavReader};

use super::container::{Container, Source};
use super::resample::To16k;
use super::{AudioError, MAX_MINUTES};

/// Sample rates that recorders use, from telephone to studio; a header outside is damage or malice.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// Decodes to 16 kHz mono.
pub(super) fn decode<R: Read + Seek + Send + Sync>(source: R) -> Result<Vec<f32>, AudioError> {
    let (source, container) = Source::open(source)?;
    let stream = MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default());
    let options = FormatOptions::default();
    let opened: Result<Box<dyn FormatReader>, Error> = match container {
        Container::Wav => WavReader::try_new(stream, options).map(|reader| Box::new(reader) as _),
        Container::Flac => FlacReader::try_new(stream, options).map(|reader| Box::new(reader) as _),
    };
    let mut reader = opened.map_err(|error| refused(container, error, 0))?;

    let track = reader
        .default_track(TrackType::Audio)
        .ok_or(AudioError::NoSamples)?;
    let (track_id, announced) = (track.id, track.num_frames);
    let parameters = track
        .codec_params
        .as_ref()
        .and_then(|parameters| parameters.audio())
        .cloned()
        .ok_or(AudioError::NoSamples)?;
    let rate = usable_rate(container, &parameters)?;
    if announced.is_some_and(|frames| too_long(frames, rate)) {
        return Err(AudioError::TooLong);
    }
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .map_err(|error| refused(container, error, 0))?;

    let samples = drain(reader.as_mut(), decoder.as_mut(), track_id, container, rate)?;
    let readable_ms = frames_to_ms(samples.received(), rate);
    match announced {
        Some(frames) if samples.received() < frames => Err(AudioError::Truncated {
            declared_ms: frames_to_ms(frames, rate),
            readable_ms,
        }),
        _ if samples.received() == 0 => Err(AudioError::NoSamples),
        _ => samples.finish(),
    }
}

/// Reads packets until the file ends, well or badly.
fn drain(
    reader: &mut dyn FormatReader,
    decoder: &mut dyn AudioDecoder,
    track_id: u32,
    container: Container,
    rate: u32,
) -> Result<To16k, AudioError> {
    let mut output = To16k::new(rate)?;
    let mut interleaved: Vec<f32> = Vec::new();
    let mut mono: Vec<f32> = Vec::new();
    loop {
        let packet = match reader.next_packet() {
            Ok(Some(packet)) if packet.track_id == track_id => packet,
            Ok(Some(_)) => continue,
            Ok(None) => return Ok(output),
            // The end of the file inside a packet: the caller compares with what was announced.
            Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => {
                return Ok(output);
            }
            Err(error) => {
                return Err(refused(
                    container,
                    error,
                    frames_to_ms(output.received(), rate),
                ));
            }
        };
        let sound = decoder
            .decode(&packet)
            .map_err(|error| refused(container, error, frames_to_ms(output.received(), rate)))?;
        let channels = sound.num_planes().max(1);
        interleaved.resize(sound.samples_interleaved(), 0.0);
        sound.copy_to_slice_interleaved(&mut interleaved);
        mono.clear();
        mono.extend(interleaved.chunks_exact(channels).map(mix));
        output.push(&mono)?;
        if too_long(output.received(), rate) {
            return Err(AudioError::TooLong);
        }
    }
}

/// The mean of one frame's channels. Float files may hold anything: what isn't a number is silence.
fn mix(frame: &[f32]) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a few channels at most")]
    let mean = frame.iter().sum::<f32>() / frame.len() as f32;
    if mean.is_finite() {
        mean.clamp(-1.0, 1.0)
    } else {
        0.0
    }
}

fn usable_rate(container: Container, parameters: &AudioCodecParameters) -> Result<u32, AudioError> {
    match parameters.sample_rate {
        Some(rate) if RATES.contains(&rate) => Ok(rate),
        rate => Err(AudioError::UnsupportedCodec {
            container: container.name(),
            reason: format!("{} samples a second", rate.unwrap_or(0)),
        }),
    }
}

fn too_long(frames: u64, rate: u32) -> bool {
    frames / u64::from(rate) > MAX_MINUTES * 60
}

fn frames_to_ms(frames: u64, rate: u32) -> u64 {
    frames.saturating_mul(1000) / u64::from(rate)
}

/// The decoder's error in our terms, after `readable_ms` of sound.
fn refused(container: Container, error: Error, readable_ms: u64) -> AudioError {
    match error {
        Error::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => {
            AudioError::Read(error)
        }
        Error::IoError(_) => AudioError::Damaged {
            readable_ms,
            reason: "the file ends inside its header".to_owned(),
        },
        Error::Unsupported(reason) => AudioError::UnsupportedCodec {
            container: container.name(),
            reason: reason.to_owned(),
        },
        error => AudioError::Damaged {
            readable_ms,
            reason: error.to_string(),
        },
    }
}
