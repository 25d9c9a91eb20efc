/** The frame of a family's further pages: its heading, the way back, and what is being read. */
import type { ComponentChildren } from 'preact';
import { useReach } from '../frame/context';
import { Loading } from '../frame/Loading';
import { Page } from '../frame/Page';
import { useReading } from '../frame/watching';

interface OfFamilyProps<T> {
  family: string;
  heading: string;
  read: () => Promise<T>;
  children: (value: T) => ComponentChildren;
  actions?: ComponentChildren;
}

export function OfFamily<T>({ family, heading, read, children, actions }: OfFamilyProps<T>) {
  const { app, back } = useReach();
  const reading = useReading<T>(read, [app, family], (listener) => app.onChange(listener));
  return (
    <Page
      heading={heading}
      title={heading}
      back={{ label: 'Family', go: () => back({ at: 'family', family }) }}
      actions={actions}
    >
      <Loading reading={reading}>{children}</Loading>
    </Page>
  );
}
