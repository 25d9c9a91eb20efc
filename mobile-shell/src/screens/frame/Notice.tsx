/** Messages: what kind it is stands in words, in its sign and in its border. */
import type { ComponentChildren } from 'preact';
import { Icon, type Sign } from './Icon';

const KINDS: Record<string, { sign: Sign; word: string }> = {
  note: { sign: 'info', word: 'Note' },
  warning: { sign: 'warning', word: 'Take care' },
  error: { sign: 'error', word: 'Problem' },
  success: { sign: 'tick', word: 'Done' },
};

interface NoticeProps {
  kind?: 'note' | 'warning' | 'error' | 'success';
  heading?: ComponentChildren;
  children?: ComponentChildren;
  /** Read out at once: for what happens while somebody is on the screen. */
  live?: boolean;
}

export function Notice({ kind = 'note', heading, children, live }: NoticeProps) {
  const { sign, word } = KINDS[kind]!;
  const role = live ? (kind === 'error' || kind === 'warning' ? 'alert' : 'status') : undefined;
  return (
    <div class={`notice notice--${kind}`} role={role}>
      <Icon sign={sign} />
      <div class="notice__body">
        {heading ? (
          <p>
            <strong>
              <span class="govuk-visually-hidden">{word}: </span>
              {heading}
            </strong>
          </p>
        ) : (
          <span class="govuk-visually-hidden">{word}: </span>
        )}
        {children}
      </div>
    </div>
  );
}
