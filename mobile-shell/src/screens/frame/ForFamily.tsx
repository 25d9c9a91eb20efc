/** Whose visit this is, on every screen on which something is written: a wrong family is dangerous. */
import type { Today } from '../shapes';
import { useReach } from './context';
import { Icon } from './Icon';
import { useReading } from './watching';

export function ForFamily({ family }: { family: string }) {
  const { app } = useReach();
  const today = useReading<Today>(() => app.today(), [app]);
  const name = today.state === 'ready' ? today.value.families.find((it) => it.family === family)?.name : undefined;
  if (name === undefined) return null;
  return (
    <p class="for">
      <Icon sign="people" /> Family: <strong>{name}</strong>
    </p>
  );
}
