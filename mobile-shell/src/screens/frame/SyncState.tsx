/** Where an entry is: only what the server has acknowledged counts as being in the workbook. */
import type { EntrySync } from '../../core/app';
import { Icon, type Sign } from './Icon';

const STATES: Record<EntrySync, { sign: Sign; text: string; look: string }> = {
  'on-this-phone': { sign: 'phone', text: 'On this phone only', look: 'phone' },
  sending: { sign: 'sending', text: 'Sending', look: 'note' },
  'in-the-workbook': { sign: 'tick', text: 'In the workbook', look: 'sent' },
  refused: { sign: 'error', text: 'Refused', look: 'refused' },
};

export function SyncTag({ state }: { state: EntrySync }) {
  const { sign, text, look } = STATES[state];
  return (
    <span class={`state state--${look}`}>
      <Icon sign={sign} />
      {text}
    </span>
  );
}
