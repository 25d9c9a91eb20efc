//! Packets to mono samples at 16 kHz, as they are read, and the check that all that was announced has
//! arrived.

use std::io::{ErrorKind, Read, Seek};
use std::ops::ControlFlow;
use std::sync::OnceLock;

use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::codecs::registry::CodecRegistry;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::default::formats::{
    AdtsReader, FlacReader, IsoMp4Reader, MkvReader, OggReader, WavReader,
};
use symphonia_adapter_libopus::OpusDecoder;

use super::container::{Container, Source};
use super::resample::To16k;
use super::{AudioError, MAX_MINUTES};

/// Sample rates that recorders use, from telephone to studio; a header outside is damage or malice.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// Takes samples at 16 kHz; says whether to go on.
pub(super) type Hear<'a> = &'a mut dyn FnMut(&[f32]) -> ControlFlow<()>;

/// Decodes to 16 kHz mono, in pieces of any size, until told to stop.
pub(super) fn play<R: Read + Seek + Send + Sync>(
    source: R,
    hear: Hear<'_>,
) -> Result<(), AudioError> {
    let (source, container) = Source::open(source)?;
    let stream = MediaSourceStream::new(Box::new(source), MediaSourceStreamOptions::default());
    let mut reader = reader(container, stream).map_err(|error| refused(container, error, 0))?;

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
    let decoder = codecs()
        .make_audio_decoder(&parameters, &AudioDecoderOptions::default())
        .map_err(|error| refused(container, error, 0))?;
    let mut drain = Drain {
        container,
        decoder,
        output: To16k::new(rate)?,
        rate,
        interleaved: Vec::new(),
        mono: Vec::new(),
    };
    if drain.run(reader.as_mut(), track_id, hear)?.is_break() {
        return Ok(());
    }
    let received = drain.output.received();
    match announced {
        Some(frames) if received < least(container, frames, rate) => Err(AudioError::Truncated {
            declared_ms: frames_to_ms(frames, rate),
            readable_ms: frames_to_ms(received, rate),
        }),
        _ if received == 0 => Err(AudioError::NoSamples),
        _ => {
            let _ = hear(drain.output.finish()?);
            Ok(())
        }
    }
}

fn reader<'s>(
    container: Container,
    stream: MediaSourceStream<'s>,
) -> Result<Box<dyn FormatReader + 's>, Error> {
    let options = FormatOptions::default();
    Ok(match container {
        Container::Wav => Box::new(WavReader::try_new(stream, options)?),
        Container::Flac => Box::new(FlacReader::try_new(stream, options)?),
        Container::Ogg => Box::new(OggReader::try_new(stream, options)?),
        Container::Mp4 => Box::new(IsoMp4Reader::try_new(stream, options)?),
        Container::WebM => Box::new(MkvReader::try_new(stream, options)?),
        Container::Aac => Box::new(AdtsReader::try_new(stream, options)?),
        // The only one with tags before it, which the probe reads over.
        Container::Mp3 => symphonia::default::get_probe().probe(
            &Hint::new(),
            stream,
            options,
            MetadataOptions::default(),
        )?,
    })
}

/// symphonia's decoders, and libopus for the codec that it lacks.
fn codecs() -> &'static CodecRegistry {
    static CODECS: OnceLock<CodecRegistry> = OnceLock::new();
    CODECS.get_or_init(|| {
        let mut codecs = CodecRegistry::new();
        symphonia::default::register_enabled_codecs(&mut codecs);
        codecs.register_audio_decoder::<OpusDecoder>();
        codecs
    })
}

/// The fewest frames that are all that was announced.
///
/// WAV and FLAC count exactly; MP4 counts what an encoder adds at both ends; for an MP3 without a header
/// of its own the count is an estimate from the first frames.
fn least(container: Container, announced: u64, rate: u32) -> u64 {
    match container {
        Container::Wav | Container::Flac => announced,
        Container::Mp3 => announced / 10 * 9,
        _ => announced.saturating_sub(u64::from(rate) / 2),
    }
}

struct Drain {
    container: Container,
    decoder: Box<dyn AudioDecoder>,
    output: To16k,
    rate: u32,
    interleaved: Vec<f32>,
    mono: Vec<f32>,
}

impl Drain {
    /// Reads packets until the file ends, well or badly, or the listener has had enough.
    fn run(
        &mut self,
        reader: &mut dyn FormatReader,
        track_id: u32,
        hear: Hear<'_>,
    ) -> Result<ControlFlow<()>, AudioError> {
        loop {
            let packet = match reader.next_packet() {
                Ok(Some(packet)) if packet.track_id == track_id => packet,
                Ok(Some(_)) => continue,
                Ok(None) => return Ok(ControlFlow::Continue(())),
                // The end of the file inside a packet: the caller compares with what was announced.
                Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => {
                    return Ok(ControlFlow::Continue(()));
                }
                Err(error) => return Err(self.refused(error)),
            };
            let sound = match self.decoder.decode(&packet) {
                Ok(sound) => sound,
                // The first frames of an MP3 that was cut out of a longer one refer to what is gone.
                Err(Error::DecodeError(_))
                    if self.container == Container::Mp3 && self.output.received() == 0 =>
                {
                    continue;
                }
                Err(error) => return Err(self.refused(error)),
            };
            let (channels, rate) = (sound.num_planes().max(1), sound.spec().rate());
            self.interleaved.resize(sound.samples_interleaved(), 0.0);
            sound.copy_to_slice_interleaved(&mut self.interleaved);
            if rate != self.rate {
                self.change_rate(rate)?;
            }
            self.mono.clear();
            self.mono
                .extend(self.interleaved.chunks_exact(channels).map(mix));
            let heard = hear(self.output.push(&self.mono)?);
            if heard.is_break() {
                return Ok(heard);
            }
            if too_long(self.output.received(), self.rate) {
                return Err(AudioError::TooLong);
            }
        }
    }

    /// A header may announce another rate than the sound has (AAC does), but the sound must keep its own.
    fn change_rate(&mut self, rate: u32) -> Result<(), AudioError> {
        if self.output.received() > 0 || !RATES.contains(&rate) {
            return Err(AudioError::Damaged {
                readable_ms: self.readable_ms(),
                reason: format!("the sample rate changes to {rate} Hz"),
            });
        }
        self.output = To16k::new(rate)?;
        self.rate = rate;
        Ok(())
    }

    fn readable_ms(&self) -> u64 {
        frames_to_ms(self.output.received(), self.rate)
    }

    fn refused(&self, error: Error) -> AudioError {
        refused(self.container, error, self.readable_ms())
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
