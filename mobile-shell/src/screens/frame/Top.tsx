/** The header: the app's name, and locking at once. */
import { useReach } from './context';

export function Top({ lock }: { lock?: () => void }) {
  return (
    <header class="top">
      <span class="top__name">Family Workbook</span>
      {lock && (
        <button type="button" class="top__button" onClick={lock}>
          Lock
        </button>
      )}
    </header>
  );
}

/** The header inside the opened app. */
export function OpenTop() {
  const { app } = useReach();
  return <Top lock={() => void app.lock()} />;
}
