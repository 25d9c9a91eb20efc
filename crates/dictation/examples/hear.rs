//! scratch
use std::time::Instant;
use dictation::{audio, listen, model::cache, whisper::Whisper};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut a = std::env::args().skip(1);
    let model = cache::load(a.next().unwrap().as_ref())?;
    let threads = a.next().unwrap().parse()?;
    let t = Instant::now();
    let mut engine = Whisper::load(&model, threads)?;
    println!("load {:?}", t.elapsed());
    let (mut sum, mut len) = (0.0, 0.0);
    for f in a {
        let audio = audio::open(f.as_ref())?;
        let t = Instant::now();
        let out = listen::listen(&audio, &mut engine, &|| t.elapsed(), &mut |_| {})?;
        let s = t.elapsed().as_secs_f64();
        sum += s; len += audio.duration_ms() as f64 / 1000.0;
        println!("{f} {:.3} {}", s / (audio.duration_ms() as f64 / 1000.0), out.text);
    }
    println!("TOTAL {sum:.3}s rtf {:.4}", sum / len);
    Ok(())
}
