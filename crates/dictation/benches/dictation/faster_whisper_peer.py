"""faster-whisper in 8 bits: `faster_whisper_peer.py MODEL THREADS FILE…` recognises 16-bit WAV files (16 kHz, mono)
greedily, as our engine does, and prints `{load_s, wall_s, cpu_s, peak_mb, texts}`."""

import json
import resource
import sys
import time
import wave

import numpy
from faster_whisper import WhisperModel

start = time.perf_counter()
model = WhisperModel(sys.argv[1], device="cpu", compute_type="int8", cpu_threads=int(sys.argv[2]), num_workers=1)
load_s = time.perf_counter() - start
start, cpu = time.perf_counter(), time.process_time()
texts = []
for path in sys.argv[3:]:
    with wave.open(path) as file:
        samples = numpy.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype("float32") / 32768
    segments, _ = model.transcribe(samples, language="en", beam_size=1)
    texts.append(" ".join(segment.text.strip() for segment in segments))
print(json.dumps({
    "load_s": load_s,
    "wall_s": time.perf_counter() - start,
    "cpu_s": time.process_time() - cpu,
    "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "texts": texts,
}))
