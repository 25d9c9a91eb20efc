/** One part of the overview: its name, what is in it in brief, and its fields when it is opened. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../frame/Icon';

export function Part({ name, brief, open, children }: { name: string; brief: string; open?: boolean; children: ComponentChildren }) {
  // The fields are drawn when the part is opened first: a long draft stays quick.
  const [drawn, setDrawn] = useState(open ?? false);
  return (
    <details class="part" open={open} onToggle={(event) => event.currentTarget.open && setDrawn(true)}>
      <summary>
        <span>
          <strong>{name}</strong>
          <span class="small part__brief">{brief}</span>
        </span>
        <Icon sign="open" />
      </summary>
      <div class="part__body">{drawn && children}</div>
    </details>
  );
}
