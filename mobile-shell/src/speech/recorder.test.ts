import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordingCard } from '../core/app';
import { Problem } from '../core/errors';
import type { Listener, Microphone } from './microphone';
import { RATE } from './pcm';
import { type Parts, SealedRecorder, type Sink } from './recorder';

/** A vault that keeps seconds, and can be full. */
class FakeSink implements Sink {
  rows = new Map<number, Int16Array>();
  full = false;
  finished = false;
  rested = false;
  before = { seconds: 0, tail: new Int16Array(0) };
  async begin(): Promise<string> {
    return 'r1';
  }
  async goOn() {
    return { family: 'f1', ...this.before };
  }
  async store(_: string, second: number, pcm: Int16Array): Promise<void> {
    await Promise.resolve();
    if (this.full) throw new Problem('storage-full', 'no room');
    this.rows.set(second, pcm.slice());
  }
  async finish(): Promise<RecordingCard> {
    this.finished = true;
    return { id: 'r1', family: 'f1', begunAt: 0, seconds: this.rows.size, finished: true, transcribedSeconds: 0, transcribed: false };
  }
  async rest(): Promise<void> {
    this.rested = true;
  }
  /** Everything stored, in order. */
  sound(): number[] {
    return [...this.rows.keys()].sort((a, b) => a - b).flatMap((second) => [...(this.rows.get(second) ?? [])]);
  }
}

/** A microphone that the test speaks into: samples count up, so that a lost or doubled one shows. */
class FakeMicrophone implements Microphone {
  listener: Listener | undefined;
  closed = 0;
  refusal: Problem | undefined;
  #next = 0;
  #rest: Int16Array | undefined;
  async open(listener: Listener) {
    if (this.refusal !== undefined) throw this.refusal;
    this.listener = listener;
    return {
      close: async () => {
        this.closed += 1;
        if (this.#rest !== undefined) listener.block(this.#rest);
        this.#rest = undefined;
        this.listener = undefined;
      },
    };
  }
  #samples(count: number): Int16Array {
    const samples = new Int16Array(count);
    for (let at = 0; at < count; at++) samples[at] = this.#next++ % 30_000;
    return samples;
  }
  speak(samples: number): void {
    for (let left = samples; left > 0; left -= 1600) {
      this.listener?.block(this.#samples(Math.min(left, 1600)));
    }
  }
  /** Sound that only comes when the microphone is let go. */
  onTheWay(samples: number): void {
    this.#rest = this.#samples(samples);
  }
}

let microphone: FakeMicrophone;
let sink: FakeSink;
let timers: (() => void)[];
let screenOn: boolean;
let recorder: SealedRecorder;

/** Lets everything that waits for a promise go on. */
const settle = async () => {
  for (let turn = 0; turn < 40; turn++) await Promise.resolve();
};
const counted = (count: number) => Array.from({ length: count }, (_, at) => at % 30_000);

beforeEach(() => {
  microphone = new FakeMicrophone();
  sink = new FakeSink();
  timers = [];
  screenOn = false;
  const parts: Parts = {
    microphone,
    sink,
    screen: {
      keepOn: async () => (screenOn = true),
      letGo: () => {
        screenOn = false;
      },
    },
    later: (_, then) => timers.push(then),
  };
  recorder = new SealedRecorder(parts);
});

describe('recording', () => {
  it('stores each second as it comes, and the rest at the end', async () => {
    expect(await recorder.start('f1')).toBe('r1');
    expect(screenOn).toBe(true);
    microphone.speak(RATE * 2.5);
    await settle();
    expect(recorder.state.get()).toMatchObject({ state: 'recording', seconds: 2, stored: 2, family: 'f1', screenStaysOn: true });
    microphone.onTheWay(300);
    const card = await recorder.stop();
    expect(card.seconds).toBe(3);
    expect(sink.finished).toBe(true);
    expect(sink.sound()).toEqual(counted(RATE * 2.5 + 300));
    expect(recorder.state.get()).toEqual({ state: 'idle' });
    expect(screenOn).toBe(false);
  });

  it('loses at most the second that was being spoken when it is killed', async () => {
    await recorder.start('f1');
    microphone.speak(RATE * 3 + 15_999);
    await settle();
    expect(sink.sound()).toEqual(counted(RATE * 3));
  });

  it('writes the second that has begun when the page is hidden, and the whole one later', async () => {
    await recorder.start('f1');
    microphone.speak(RATE + 4_000);
    recorder.flush();
    await settle();
    expect(sink.sound()).toEqual(counted(RATE + 4_000));
    microphone.speak(RATE);
    await settle();
    await recorder.stop();
    expect(sink.sound()).toEqual(counted(2 * RATE + 4_000));
  });

  it('pauses, lets the microphone go, and goes on without a gap', async () => {
    await recorder.start('f1');
    microphone.speak(20_000);
    await recorder.pause();
    expect(recorder.state.get()).toMatchObject({ state: 'paused', seconds: 1 });
    expect(microphone.closed).toBe(1);
    expect(sink.sound()).toEqual(counted(20_000));
    await recorder.resume();
    microphone.speak(20_000);
    await recorder.stop();
    expect(sink.sound()).toEqual(counted(40_000));
  });

  it('says when a call takes the microphone, keeps what was said, and goes on after it', async () => {
    await recorder.start('f1');
    microphone.speak(20_000);
    const lost = microphone.listener;
    microphone.listener = undefined;
    lost?.interrupted('microphone-taken');
    await settle();
    expect(recorder.state.get()).toMatchObject({ state: 'interrupted', why: 'microphone-taken', seconds: 1 });
    expect(sink.sound()).toEqual(counted(20_000));
    await recorder.resume();
    expect(recorder.state.get()).toMatchObject({ state: 'recording' });
    microphone.speak(20_000);
    await recorder.stop();
    expect(sink.sound()).toEqual(counted(40_000));
  });

  it('can be ended while interrupted', async () => {
    await recorder.start('f1');
    microphone.speak(5_000);
    microphone.listener?.interrupted('microphone-lost');
    await recorder.stop();
    expect(sink.sound()).toEqual(counted(5_000));
    expect(sink.finished).toBe(true);
  });

  it('keeps sound in memory while storage is full, and stores it in order when there is room', async () => {
    await recorder.start('f1');
    microphone.speak(RATE);
    await settle();
    sink.full = true;
    microphone.speak(RATE * 3);
    await settle();
    expect(recorder.state.get()).toMatchObject({ state: 'storage-full', heldSeconds: 3, seconds: 4, stored: 1 });
    await expect(recorder.stop()).rejects.toMatchObject({ code: 'storage-full' });
    expect(sink.finished).toBe(false);
    sink.full = false;
    timers.splice(0).forEach((then) => then());
    await settle();
    expect(recorder.state.get()).toMatchObject({ state: 'paused', stored: 4 });
    await recorder.stop();
    expect(sink.sound()).toEqual(counted(RATE * 4));
  });

  it('stops listening when too much is held, rather than losing the beginning', async () => {
    await recorder.start('f1');
    sink.full = true;
    microphone.speak(RATE);
    await settle();
    microphone.speak(RATE * 901);
    await settle();
    expect(recorder.state.get()).toMatchObject({ state: 'storage-full' });
    expect(microphone.closed).toBe(1);
    sink.full = false;
    await recorder.stop();
    // A quarter of an hour was held, and all of it is there.
    expect([...sink.rows.keys()]).toEqual(Array.from({ length: 900 }, (_, second) => second));
  });

  it('goes on after a kill where it was cut off', async () => {
    sink.before = { seconds: 2, tail: Int16Array.from({ length: 700 }, () => -1) };
    await recorder.goOn('r1');
    expect(recorder.state.get()).toMatchObject({ state: 'recording', recording: 'r1', family: 'f1', seconds: 2, stored: 2 });
    microphone.speak(RATE);
    await recorder.stop();
    expect([...sink.rows.keys()]).toEqual([2, 3]);
    expect([...(sink.rows.get(2) ?? [])]).toEqual([...Array.from({ length: 700 }, () => -1), ...counted(RATE - 700)]);
    expect(sink.rows.get(3)?.length).toBe(700);
  });

  it('says why the microphone was refused, and stores nothing', async () => {
    microphone.refusal = new Problem('denied', 'Allow it in the settings.');
    await expect(recorder.start('f1')).rejects.toMatchObject({ code: 'denied' });
    expect(recorder.state.get()).toEqual({ state: 'refused', why: 'denied', message: 'Allow it in the settings.' });
    expect(sink.rows.size).toBe(0);
    expect(recorder.isBusy).toBe(false);
    microphone.refusal = undefined;
    await recorder.start('f1');
    expect(recorder.state.get()).toMatchObject({ state: 'recording' });
  });

  it('lets the microphone go when the vault can’t begin a recording', async () => {
    sink.begin = () => Promise.reject(new Problem('locked', 'locked'));
    await expect(recorder.start('f1')).rejects.toMatchObject({ code: 'locked' });
    expect(microphone.closed).toBe(1);
    expect(recorder.state.get()).toEqual({ state: 'idle' });
  });

  it('is one at a time', async () => {
    await recorder.start('f1');
    await expect(recorder.start('f2')).rejects.toMatchObject({ code: 'busy' });
    await recorder.stop();
    await expect(recorder.stop()).rejects.toMatchObject({ code: 'not-found' });
  });
});
