/** Something that is there and not open at first. It is drawn when it is opened first: long pages stay quick. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export function Fold({ heading, children }: { heading: ComponentChildren; children: ComponentChildren }) {
  const [drawn, setDrawn] = useState(false);
  return (
    <details class="govuk-details" onToggle={(event) => event.currentTarget.open && setDrawn(true)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{heading}</span>
      </summary>
      <div class="govuk-details__text">{drawn && children}</div>
    </details>
  );
}
