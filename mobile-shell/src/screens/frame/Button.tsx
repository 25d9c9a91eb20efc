/** Buttons that say when they are busy, and can't be pressed twice. */
import type { ComponentChildren } from 'preact';
import { Icon, type Sign } from './Icon';

interface ButtonProps {
  children: ComponentChildren;
  onClick?: (() => void) | undefined;
  look?: 'main' | 'second' | 'warning';
  sign?: Sign;
  busy?: boolean;
  /** Why it can't be pressed now: read out with the button. */
  off?: string | undefined;
  type?: 'button' | 'submit';
}

export function Button({ children, onClick, look = 'main', sign, busy, off, type = 'button' }: ButtonProps) {
  const kind = look === 'main' ? '' : look === 'second' ? ' govuk-button--secondary' : ' govuk-button--warning';
  const stopped = busy || off !== undefined;
  return (
    <button
      type={type}
      class={`govuk-button${kind}`}
      aria-disabled={stopped || undefined}
      onClick={(event) => {
        if (stopped) event.preventDefault();
        else onClick?.();
      }}
    >
      {sign && <Icon sign={sign} />}
      <span>
        {children}
        {busy && ' – please wait'}
        {off !== undefined && <span class="govuk-visually-hidden"> ({off})</span>}
      </span>
    </button>
  );
}

/** A quiet action within the text. */
export function Quiet({ children, onClick, sign }: { children: ComponentChildren; onClick: () => void; sign?: Sign }) {
  return (
    <button type="button" class="quiet" onClick={onClick}>
      {sign && <Icon sign={sign} />}
      <span>{children}</span>
    </button>
  );
}
