/** Waiting, and what was waited for: every screen that reads goes through here. */
import type { ComponentChildren } from 'preact';
import { Problem } from './Problem';
import type { Reading } from './watching';

export function Wait({ children = 'Opening' }: { children?: ComponentChildren }) {
  return (
    <div class="wait" role="status">
      <span class="wait__sign" aria-hidden="true" />
      <span>{children}</span>
    </div>
  );
}

interface LoadingProps<T> {
  reading: Reading<T>;
  /** What is being opened, for the waiting line. */
  what?: string;
  children: (value: T) => ComponentChildren;
}

export function Loading<T>({ reading, what, children }: LoadingProps<T>) {
  switch (reading.state) {
    case 'loading':
      return <Wait>{what ?? 'Opening'}</Wait>;
    case 'failed':
      return <Problem error={reading.error} again={reading.again} />;
    case 'ready':
      return <>{children(reading.value)}</>;
  }
}
