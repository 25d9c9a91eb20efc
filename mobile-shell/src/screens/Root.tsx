/** The whole app: what the vault's state allows to be shown, and nothing behind it. */
import { useEffect, useRef } from 'preact/hooks';
import { Loading, Wait } from './frame/Loading';
import type { App } from '../core/app';
import { ReachContext } from './frame/context';
import { address } from './frame/route';
import { useNavigation } from './frame/navigation';
import { OpenTop, Top } from './frame/Top';
import { UpdateBar } from './frame/UpdateBar';
import { type Reading, useReading, useWatch } from './frame/watching';
import { Gate } from './gate/Gate';
import { Screen } from './Screen';
import type { Terms } from './shapes';

export function Root({ app }: { app: App }) {
  const status = useWatch(app.status);
  useAfterSetup(status.state);
  // What the enumerations are called is no secret: read while the door is still shut, so that nothing
  // waits for them behind it.
  const terms = useReading(() => app.terms(), [app]);
  useEffect(() => {
    const touched = () => app.touched();
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) addEventListener(event, touched, { passive: true });
    return () => {
      for (const event of events) removeEventListener(event, touched);
    };
  }, [app]);
  return (
    <div data-state={status.state}>
      <a href="#main" class="govuk-skip-link" onClick={skip}>
        Skip to main content
      </a>
      {status.state === 'open' ? <Opened app={app} terms={terms} /> : <Shut app={app} />}
    </div>
  );
}

function Shut({ app }: { app: App }) {
  const status = useWatch(app.status);
  return (
    <>
      <Top />
      <Gate app={app} status={status} />
    </>
  );
}

function Opened({ app, terms }: { app: App; terms: Reading<Terms> }) {
  const navigation = useNavigation();
  if (terms.state !== 'ready') {
    return (
      <>
        <Top lock={() => void app.lock()} />
        <main class="page" id="main">
          <h1 class="govuk-visually-hidden">Family Workbook</h1>
          {terms.state === 'loading' ? <Wait>Opening your workbook</Wait> : <Loading reading={terms}>{() => null}</Loading>}
        </main>
      </>
    );
  }
  return (
    <ReachContext.Provider value={{ app, terms: terms.value, ...navigation }}>
      <OpenTop />
      <UpdateBar />
      <Screen />
    </ReachContext.Provider>
  );
}

/** A phone that has just been set up is shown what helps next. */
function useAfterSetup(state: string): void {
  const before = useRef(state);
  if (before.current === 'new' && state === 'open') history.replaceState({ depth: 0 }, '', address({ at: 'setup' }));
  before.current = state;
}

/** The address is ours: the skip link moves the focus and leaves the address alone. */
function skip(event: Event): void {
  event.preventDefault();
  const main = document.getElementById('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}
