/** The speech model on a page of its own. */
import { useReach } from '../frame/context';
import { Page } from '../frame/Page';
import { ModelPanel } from './ModelPanel';

export function ModelScreen() {
  const { back } = useReach();
  return (
    <Page heading="Speech model" title="Speech model" back={{ label: 'Back', go: () => back({ at: 'settings' }) }}>
      <p>The speech model turns what you say into text on this phone. The sound is never sent anywhere.</p>
      <ModelPanel />
    </Page>
  );
}
