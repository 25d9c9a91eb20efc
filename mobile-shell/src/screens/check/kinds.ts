/** The kinds of marked words: each has a name, a reason, and a line of its own form (see `_checking.scss`). */
import type { MarkKind } from '../shapes';

export const KINDS: Record<MarkKind, { name: string; why: string; sign?: string }> = {
  doubtful: { name: 'Not sure', why: 'The phone was not sure that it heard this right.', sign: '?' },
  risk: { name: 'Risk word', why: 'A word of danger or harm. A wrong one changes everything.', sign: '!' },
  negation: { name: 'Not, never, no', why: 'A “not” that was missed or invented turns the meaning round.' },
  name: { name: 'Name', why: 'A wrong name puts words into the wrong mouth.' },
  number: { name: 'Number', why: 'Numbers are often misheard.' },
  date: { name: 'Date', why: 'Dates are often misheard.' },
};
