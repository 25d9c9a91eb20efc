/** What can go wrong with speech, each with a code for the program and a sentence for the person. */

export type SpeechCode = 'cancelled' | 'no-model' | 'too-weak' | 'failed' | 'busy';

/** Recognition did not give a transcript. The recording and the windows that were finished are unchanged. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
  readonly code: SpeechCode;

  constructor(code: SpeechCode, options?: ErrorOptions & { message?: string }) {
    super(options?.message ?? SPEECH[code], options);
    this.code = code;
  }
}

/** Instead of `no-model`'s sentence where there is one, but not as it was fetched. */
export const DAMAGED_MODEL = 'The speech model on this phone is damaged. Fetch it again while you have a connection. The recording is kept.';

const SPEECH: Record<SpeechCode, string> = {
  cancelled: 'Writing down was stopped. The recording is kept: you can go on from here later.',
  'no-model': 'The speech model is not on this phone yet. Fetch it while you have a connection. The recording is kept.',
  'too-weak': 'This phone is too slow to write down speech. The recording is kept. You can type the entry instead.',
  failed: 'Writing down did not work. The recording is kept: try again.',
  busy: 'Another recording is being written down. Try again when it is finished.',
};

export type ModelCode = 'no-connection' | 'not-offered' | 'corrupt' | 'storage-full' | 'cancelled';

/** The speech model could not be fetched. What was fetched so far is kept, unless it was wrong. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelCode;

  constructor(code: ModelCode, options?: ErrorOptions) {
    super(MODEL[code], options);
    this.code = code;
  }
}

const MODEL: Record<ModelCode, string> = {
  'no-connection': 'The speech model could not be fetched: the workbook did not answer. Try again when you have a connection: it goes on where it stopped.',
  'not-offered': 'Your workbook does not offer a speech model. Ask the people who run it.',
  corrupt: 'The speech model arrived damaged and was thrown away. Fetch it again.',
  'storage-full': 'There is not enough space on this phone for the speech model. Free some space and try again.',
  cancelled: 'Fetching the speech model was stopped. It goes on where it stopped when you fetch it again.',
};
