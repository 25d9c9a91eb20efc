/**
 * What the page may ask the worker for: one function for each call of `App`. No rules here: each
 * asks the core, and what the core decides is stored before the answer goes out.
 */

import { wav } from '../speech/pcm';
import type { ModelStore, Transcriber } from '../speech/transcriber-api';
import { waysIn } from '../sync/enrol';
import { type Part, sealRescue } from '../vault/rescue';
import type { Bytes } from '../vault/cipher';
import type { Key } from '../vault/vault';
import { demandStrength } from '../vault/passphrase';
import type { ComposeFrom, Enrolment, RecordingCard, Sound } from './app';
import { broken } from './desk';
import { Problem } from './errors';
import type * as core from './generated/types';
import type { Keeper } from './keeper';
import type { CallContext } from './rpc';
import type { ModelState } from './states';

/** The speech half of this build. */
export interface Speech {
  transcriber: Transcriber;
  model: ModelStore;
}

/** Makes the handlers over one keeper. */
export function calls(keeper: Keeper, speech: () => Promise<Speech | undefined>) {
  const { surroundings } = keeper;
  const changed = async (): Promise<void> => {
    surroundings.tell('changed', undefined);
    await keeper.open.syncing.changed();
  };
  /** Changes the record, then says so. */
  const change = async <T extends core.Effects>(call: Parameters<typeof keeper.open.desk.change<T>>[0]): Promise<T> => {
    const effects = await keeper.open.desk.change(call);
    await changed();
    return effects;
  };
  const drafted = async (): Promise<Map<string, string>> => {
    const drafts = await keeper.open.desk.read((device, now) => device.drafts(now));
    return new Map(drafts.flatMap(({ id, recording }) => (recording === undefined ? [] : [[recording, id] as const])));
  };
  const demandSpeech = async (): Promise<Speech> => {
    const parts = await speech();
    if (parts === undefined) {
      throw new Problem('no-model', 'This build of the app has no speech recognition. The recording is kept; type instead.');
    }
    return parts;
  };
  /** What a draft is made from, with how it came about. */
  const request = async (from: ComposeFrom, recordedOn: string | undefined): Promise<core.WriteRequest> => {
    if ('text' in from) {
      return { text: from.text, recordedOn: recordedOn ?? localDay(surroundings.now()), provenance: { how: 'typed' } };
    }
    const { recordings } = keeper.sittings;
    const recording = await recordings.open(keeper.vault.key, from.recording);
    const transcript = await recordings.transcript(recording);
    if (transcript === undefined) {
      throw new Problem('not-found', 'This recording is not turned into text yet.');
    }
    const { sha256, ms } = await recordings.fingerprint(recording);
    return {
      transcript,
      recordedOn: recordedOn ?? localDay(recording.begunAt),
      provenance: {
        how: 'dictated',
        model: transcript.model.name,
        modelSha256: transcript.model.sha256,
        audioMs: ms,
        audioSha256: sha256,
        wordsEdited: 0,
      },
      recording: from.recording,
    };
  };
  const read = async ({ text, transcript, recordedOn }: core.WriteRequest, people: object): Promise<object> => {
    const hearing = await keeper.hearing();
    try {
      return hearing.read(transcript?.text ?? text ?? '', people, recordedOn);
    } catch (cause) {
      throw broken(cause);
    }
  };
  const made = async (call: (device: DeviceOf, now: number, entropy: Uint8Array) => core.Composed): Promise<core.Composed> => {
    const composed = await keeper.open.desk.make(call, ({ kept }, device, now) => device.keep(kept, now));
    surroundings.tell('changed', undefined);
    return composed;
  };

  return {
    // The vault.
    waysIn: () => waysIn(surroundings.carrier),
    enrol: (_: CallContext, enrolment: Enrolment) => keeper.enrol(enrolment),
    unlock: (_: CallContext, how: Key) => keeper.unlock(how),
    lock: () => keeper.lock(),
    touched: () => keeper.touched(),
    held: (_: CallContext, held: boolean) => {
      keeper.held = held;
    },
    takeOver: () => keeper.takeOver(),
    forget: () => keeper.forget(),
    passkeys: () => keeper.vault.passkeys(),
    addPasskey: async (_: CallContext, passphrase: string, passkey: { credential: Bytes; salt: Bytes; secret: Bytes }) => {
      await keeper.vault.addPasskey(passphrase, passkey, surroundings.now());
      await keeper.refresh();
    },
    changePassphrase: async (_: CallContext, old: string, fresh: string) => {
      demandStrength(fresh);
      await keeper.vault.changePassphrase(old, fresh, surroundings.now());
    },
    rescueExport: async (_: CallContext, passphrase: string): Promise<Blob> => {
      demandStrength(passphrase);
      const rescue = await keeper.open.desk.read((device) => device.rescue());
      const parts: Part[] = [{ name: 'unsent.json', type: 'application/json', bytes: new TextEncoder().encode(JSON.stringify(rescue)) }];
      const { recordings } = keeper.sittings;
      const cards = await recordings.cards(keeper.vault.key, new Map());
      for (const [index, { id }] of cards.entries()) {
        const name = `recording-${index + 1}`;
        try {
          const recording = await recordings.open(keeper.vault.key, id);
          const audio = await recordings.audio(recording);
          parts.push({ name: `${name}.wav`, type: 'audio/wav', bytes: wav(await audio.read(0, audio.samples)) });
          const transcript = await recordings.transcript(recording);
          if (transcript !== undefined) {
            parts.push({ name: `${name}.json`, type: 'application/json', bytes: new TextEncoder().encode(JSON.stringify(transcript)) });
          }
        } catch {
          // One that is damaged must not keep all else on the phone.
          parts.push({ name: `${name}-damaged.txt`, type: 'text/plain', bytes: new TextEncoder().encode('This recording could not be read on the phone.\n') });
        }
      }
      return sealRescue(parts, passphrase);
    },

    // Reading.
    terms: async () => (await keeper.core()).Device.terms(),
    today: () => keeper.open.desk.read((device, now) => device.today(now)),
    family: (_: CallContext, family: string) => keeper.open.desk.read((device, now) => device.family(family, now)),
    cast: (_: CallContext, family: string) => keeper.open.desk.read((device, now) => device.cast(family, now)),
    chronology: (_: CallContext, family: string) => keeper.open.desk.read((device, now) => device.chronology(family, now)),
    entries: (_: CallContext, family: string) => keeper.open.desk.read((device, now) => device.entries(family, now)),
    entry: (_: CallContext, family: string, entry: string) => keeper.open.desk.read((device, now) => device.entry(family, entry, now)),
    plan: (_: CallContext, family: string) => keeper.open.desk.read((device, now) => device.plan(family, now)),

    // Speaking.
    recordingBegin: async (_: CallContext, family: string): Promise<string> => {
      void keeper.open;
      const id = surroundings.uuid();
      await keeper.sittings.begin(id, family, surroundings.now());
      return id;
    },
    recordingGoOn: async (_: CallContext, id: string) => {
      void keeper.open;
      return keeper.sittings.goOn(id);
    },
    recordingStore: (_: CallContext, id: string, second: number, pcm: Int16Array) => keeper.sittings.store(id, second, pcm),
    recordingFinish: async (_: CallContext, id: string): Promise<RecordingCard> => {
      const card = await keeper.sittings.finish(id);
      surroundings.tell('changed', undefined);
      return card;
    },
    recordingRest: (_: CallContext, id: string) => keeper.sittings.rest(id),
    recordings: async (): Promise<RecordingCard[]> => {
      const drafts = await drafted();
      return keeper.sittings.recordings.cards(keeper.vault.key, drafts);
    },
    transcribe: async ({ progress, signal }: CallContext, id: string): Promise<core.Transcript> => {
      void keeper.open;
      const parts = await demandSpeech();
      try {
        return await keeper.sittings.transcribe(id, parts.transcriber, progress, signal, surroundings.monotonic);
      } catch (cause) {
        if ((cause as { code?: unknown }).code === 'no-model') {
          // It may have turned out to be damaged just now: the screen says so and offers to fetch it again.
          await tellModel(surroundings.tell, parts);
        }
        throw cause;
      } finally {
        surroundings.tell('changed', undefined);
      }
    },
    transcript: async (_: CallContext, id: string): Promise<core.Transcript | undefined> => {
      void keeper.open;
      const { recordings } = keeper.sittings;
      return recordings.transcript(await recordings.open(keeper.vault.key, id));
    },
    sound: async (_: CallContext, id: string, fromMs: number, toMs: number): Promise<Sound> => {
      void keeper.open;
      return keeper.sittings.sound(id, fromMs, toMs);
    },
    discardRecording: async (_: CallContext, id: string) => {
      void keeper.open;
      await keeper.sittings.recordings.destroy(id);
      surroundings.tell('changed', undefined);
    },
    modelState: async () => tellModel(surroundings.tell, await speech()),
    fetchModel: async ({ signal }: CallContext) => {
      const parts = await demandSpeech();
      await parts.model.fetch((state) => surroundings.tell('model', asModelState(state)), signal);
      await tellModel(surroundings.tell, parts);
    },
    warmUp: async () => {
      const parts = await speech();
      if (parts !== undefined && (await parts.model.state()).state === 'ready') {
        const strength = await parts.transcriber.warmUp();
        if (strength.strength === 'too-weak') {
          surroundings.tell('model', { state: 'too-weak', bytes: 0, total: 0 } satisfies ModelState);
        }
      }
    },
    speechRest: async () => {
      if (!keeper.sittings.isTranscribing) {
        (await speech())?.transcriber.close();
      }
    },

    // Writing.
    compose: async (_: CallContext, family: string, from: ComposeFrom, recordedOn?: string) => {
      void keeper.open;
      const asked = await request(from, recordedOn);
      const people = await keeper.open.desk.read((device, now) => device.people(family, now));
      const spoken = await read(asked, people);
      return made((device, now, entropy) => device.compose(family, asked, spoken, now, entropy));
    },
    begin: (_: CallContext, family: string, kind?: core.EntryKind) => made((device, now, entropy) => device.begin(family, kind, now, entropy)),
    drafts: () => keeper.open.desk.read((device, now) => device.drafts(now)),
    draft: (_: CallContext, id: string) => keeper.open.desk.read((device) => device.draft(id)),
    keep: async (_: CallContext, kept: core.Kept) => {
      await keeper.open.desk.change((device, now) => device.keep(kept, now));
    },
    discard: async (_: CallContext, id: string) => {
      await keeper.open.desk.change((device) => device.discard(id));
      surroundings.tell('changed', undefined);
    },
    review: (_: CallContext, kept: core.Kept) => keeper.open.desk.read((device, now) => device.review(kept, now)),
    complete: async (_: CallContext, id: string) => {
      await change((device, now, entropy) => device.complete(id, now, entropy));
    },
    append: async (_: CallContext, family: string, entry: string, reason: core.AppendmentReason, text: string) => {
      await change((device, now, entropy) => device.append(family, entry, reason, text, now, entropy));
    },
    settle: async (_: CallContext, family: string, person: string, field: core.FactField, value: string, supersedes: string[]) => {
      await change((device, now, entropy) => device.settle(family, person, field, value, supersedes, now, entropy));
    },
    actionNews: async (_: CallContext, family: string, news: core.ActionNews) => {
      await change((device, now, entropy) => device.actionNews(family, news, now, entropy));
    },

    // Sending.
    syncNow: async () => {
      keeper.touched();
      await keeper.syncing.now();
    },
    hint: () => keeper.hint(),
    seenErased: () => keeper.seenErased(),
    refused: () => keeper.open.desk.read((device) => device.quarantine()),
    resubmit: async (_: CallContext, id: string, as: core.Resubmit): Promise<{ draft?: string }> => {
      const { draft } = await change((device, now, entropy) => device.resubmit(id, as, now, entropy));
      return draft === undefined ? {} : { draft };
    },
  };
}

type DeviceOf = Parameters<Parameters<Keeper['open']['desk']['read']>[0]>[0];

async function tellModel(tell: Keeper['surroundings']['tell'], speech: Speech | undefined): Promise<void> {
  tell('model', speech === undefined ? { state: 'missing', bytes: 0, total: 0 } : asModelState(await speech.model.state()));
}

function asModelState(state: Awaited<ReturnType<ModelStore['state']>>): ModelState {
  const { bytes, total } = state;
  return state.state === 'ready' ? { state: 'ready', bytes, total, name: state.stamp.name } : { state: state.state, bytes, total };
}

/** The local day as `2026-11-22`. */
function localDay(millis: number): string {
  const date = new Date(millis);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

