/**
 * Errors as screens get them: a stable code and a sentence that says what to do.
 *
 * They cross from the worker to the page as plain objects; what isn't ours becomes `core-broken`
 * without its text, so that nothing of the record can leak through a message of an engine.
 */

import type { AppError, AppErrorCode } from './app';

/** What an error may carry beside code and message. */
export type Details = Partial<Pick<AppError, 'rule' | 'entry' | 'field' | 'waitMs'>>;

/** An error that screens may show as it is. */
export class Problem extends Error implements AppError {
  readonly code: AppErrorCode | (string & {});
  readonly rule?: string;
  readonly entry?: string;
  readonly field?: string;
  readonly waitMs?: number;

  constructor(code: AppErrorCode | (string & {}), message: string, details: Details = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Problem';
    this.code = code;
    Object.assign(this, details);
  }
}

/** A problem on its way through a port. */
export interface PlainProblem {
  code: string;
  message: string;
  details: Details;
}

/** What is sent instead of an error object. */
export function toPlain(cause: unknown): PlainProblem {
  const problem = asProblem(cause);
  const details: Details = {};
  for (const name of ['rule', 'entry', 'field', 'waitMs'] as const) {
    if (problem[name] !== undefined) {
      Object.assign(details, { [name]: problem[name] });
    }
  }
  return { code: problem.code, message: problem.message, details };
}

/** The way back. */
export function fromPlain({ code, message, details }: PlainProblem): Problem {
  return new Problem(code, message, details);
}

/** Any thrown thing as a problem. Storage's own errors get their code here. */
export function asProblem(cause: unknown): Problem {
  if (cause instanceof Problem) {
    return cause;
  }
  const { name, code, message } = (cause ?? {}) as { name?: unknown; code?: unknown; message?: unknown };
  if (name === 'QuotaExceededError') {
    return storageFull(cause);
  }
  if (name === 'AbortError') {
    return new Problem('cancelled', 'This was stopped.', {}, cause);
  }
  // Errors of the core and of the speech engine carry a code and a sentence meant for people.
  if (typeof code === 'string' && typeof message === 'string') {
    const { rule, entry, field } = { ...(cause as Details), ...((cause as { refusal?: Details }).refusal ?? {}) };
    const details: Details = {};
    if (typeof rule === 'string') Object.assign(details, { rule });
    if (typeof entry === 'string') Object.assign(details, { entry });
    if (typeof field === 'string') Object.assign(details, { field });
    return new Problem(code, message, details, cause);
  }
  return new Problem(
    'core-broken',
    'Something went wrong in the app. What you had saved is still on this phone. Close the app and open it again.',
    {},
    cause,
  );
}

/** Storage has no room. */
export function storageFull(cause?: unknown): Problem {
  return new Problem(
    'storage-full',
    'There is no room left on this phone. Nothing you saved is lost. Delete photos or apps you do not need, then try again.',
    {},
    cause,
  );
}
