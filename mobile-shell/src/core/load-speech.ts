/** Starts the speech half, where this build has one (branch `speech`). */

import type { ModelStore, Transcriber } from '../speech/transcriber-api';
import type { Hearing } from './device-api';

interface SpeechModule {
  createTranscriber(parts: { model: ModelStore; listening: () => Promise<InstanceType<Hearing['Listening']>> }): Transcriber;
}
interface ModelModule {
  createModelStore(): ModelStore;
}

const transcribers = import.meta.glob<SpeechModule>('../speech/transcriber.ts');
const models = import.meta.glob<ModelModule>('../speech/model.ts');

/** Undefined where the build has no speech engine. */
export async function loadSpeech(hearing: () => Promise<Hearing>): Promise<{ transcriber: Transcriber; model: ModelStore } | undefined> {
  const [transcriber, model] = [Object.values(transcribers)[0], Object.values(models)[0]];
  if (transcriber === undefined || model === undefined) {
    return undefined;
  }
  const [{ createTranscriber }, { createModelStore }] = await Promise.all([transcriber(), model()]);
  const store = createModelStore();
  return { model: store, transcriber: createTranscriber({ model: store, listening: async () => new (await hearing()).Listening() }) };
}
