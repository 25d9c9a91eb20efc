/** The browser's microphone: 16 kHz blocks for as long as it is open, and why it ended. */

import { Problem } from '../core/errors';
import captureUrl from './capture.worklet.ts?worker&url';
import { RATE } from './pcm';

/** Why sound stopped coming. */
export type Interruption = 'microphone-taken' | 'microphone-lost' | 'phone-slept';

/** Who listens. */
export interface Listener {
  /** The next sound, some tenth of a second. */
  block(pcm: Int16Array): void;
  /** Nothing more comes until the microphone is opened again. Called once. */
  interrupted(why: Interruption): void;
}

/** An open microphone. */
export interface OpenMicrophone {
  /** Hands over what is still on its way, then lets the microphone go. */
  close(): Promise<void>;
}

/** Opens microphones; a fake in tests. */
export interface Microphone {
  /** @throws Problem `denied`, `no-microphone`, `in-use` or `unsupported`. */
  open(listener: Listener): Promise<OpenMicrophone>;
}

/** Without a block for so long, the phone has slept or taken the microphone (milliseconds). */
const SILENT_LIMIT = 3_000;
/** How long the audio thread may take to hand over the rest (milliseconds). */
const FLUSH_LIMIT = 500;

const WISHES: MediaTrackConstraints = {
  channelCount: 1,
  // The engine hears unfiltered speech better; only the level is evened out.
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: true,
};

/** The real one. */
export const browserMicrophone: Microphone = {
  async open(listener) {
    if (navigator.mediaDevices?.getUserMedia === undefined || typeof AudioWorkletNode === 'undefined') {
      throw new Problem('unsupported', 'This browser can not record. You can type instead, or use an up-to-date Chrome, Edge or Safari.');
    }
    const stream = await ask();
    let context: AudioContext | undefined;
    try {
      const wired = await wire(stream);
      context = wired.context;
      return attend(stream, wired.context, wired.node, listener);
    } catch (cause) {
      stop(stream);
      await context?.close().catch(() => undefined);
      throw new Problem('unsupported', 'The microphone could not be started. Close other apps that use it and try again, or type instead.', {}, cause);
    }
  },
};

async function ask(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: WISHES, video: false });
  } catch (cause) {
    const { name } = cause as DOMException;
    if (name === 'NotAllowedError' || name === 'SecurityError') {
      throw new Problem('denied', 'The app may not use the microphone. Allow it in the browser’s settings for this address, then try again. You can type instead.', {}, cause);
    }
    if (name === 'NotFoundError' || name === 'OverconstrainedError') {
      throw new Problem('no-microphone', 'No microphone was found. Connect one and try again, or type instead.', {}, cause);
    }
    throw new Problem('in-use', 'The microphone is in use by another app. End the call or close that app, then try again.', {}, cause);
  }
}

/** Some browsers don't connect a microphone to a context of another rate: those resample in the worklet. */
async function wire(stream: MediaStream): Promise<{ context: AudioContext; node: AudioWorkletNode }> {
  for (const options of [{ sampleRate: RATE }, {}]) {
    let context: AudioContext | undefined;
    try {
      context = new AudioContext({ ...options, latencyHint: 'playback' });
      await context.audioWorklet.addModule(captureUrl);
      const node = new AudioWorkletNode(context, 'workbook-capture', { numberOfOutputs: 1, channelCount: 1 });
      context.createMediaStreamSource(stream).connect(node);
      // Some browsers only run what leads to the speakers; the node's output is silence.
      node.connect(context.destination);
      await context.resume();
      return { context, node };
    } catch (cause) {
      await context?.close().catch(() => undefined);
      if (!('sampleRate' in options)) {
        throw cause;
      }
    }
  }
  throw new Error('unreachable');
}

function attend(stream: MediaStream, context: AudioContext, node: AudioWorkletNode, listener: Listener): OpenMicrophone {
  let open = true;
  let watchdog = setTimeout(slept, SILENT_LIMIT);
  let flushed: (() => void) | undefined;
  node.port.onmessage = (event: MessageEvent<Int16Array | 'flushed'>) => {
    if (event.data === 'flushed') {
      flushed?.();
    } else {
      clearTimeout(watchdog);
      if (open) {
        watchdog = setTimeout(slept, SILENT_LIMIT);
      }
      listener.block(event.data);
    }
  };
  const track = stream.getAudioTracks()[0];
  const onMute = () => void end('microphone-taken');
  const onEnded = () => void end('microphone-lost');
  const onState = () => {
    if (context.state !== 'running' && context.state !== 'closed') {
      void end('phone-slept');
    }
  };
  track?.addEventListener('mute', onMute);
  track?.addEventListener('ended', onEnded);
  context.addEventListener('statechange', onState);

  function slept(): void {
    void end('phone-slept');
  }
  async function end(why?: Interruption): Promise<void> {
    if (!open) {
      return;
    }
    open = false;
    clearTimeout(watchdog);
    track?.removeEventListener('mute', onMute);
    track?.removeEventListener('ended', onEnded);
    context.removeEventListener('statechange', onState);
    await Promise.race([
      new Promise<void>((resolve) => {
        flushed = resolve;
        node.port.postMessage('end');
      }),
      new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT)),
    ]);
    clearTimeout(watchdog);
    stop(stream);
    await context.close().catch(() => undefined);
    if (why !== undefined) {
      listener.interrupted(why);
    }
  }
  return { close: () => end() };
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) {
    track.stop();
  }
}
