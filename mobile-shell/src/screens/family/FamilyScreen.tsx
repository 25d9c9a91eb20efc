/** The whole family in two minutes: every sentence opens the entry that it came from. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { SyncTag } from '../frame/SyncState';
import { useReading } from '../frame/watching';
import { many, shortDay } from '../frame/when';
import type { FamilyPage } from '../shapes';
import { SummaryView } from './SummaryView';
import { VisitActions } from './VisitActions';

export function FamilyScreen({ family }: { family: string }) {
  const { app, go, back } = useReach();
  const reading = useReading<FamilyPage>(() => app.family(family), [app, family], (listener) => app.onChange(listener));
  return (
    <Page
      heading={reading.state === 'ready' ? reading.value.name : 'Family'}
      title="Family"
      back={{ label: 'Back', go: () => back({ at: 'today' }) }}
      actions={<VisitActions family={family} />}
    >
      <Loading reading={reading} what="Opening the family">
        {(page) => (
          <>
            <ul class="links">
              {(
                [
                  ['prepare', 'Prepare'],
                  ['chapters', 'Chapters'],
                  ['chronology', 'Chronology'],
                  ['entries', 'Entries'],
                  ['plan', 'Plan'],
                ] as const
              ).map(([at, label]) => (
                <li key={at}>
                  <Button look="second" onClick={() => go({ at, family })}>
                    {label}
                  </Button>
                </li>
              ))}
            </ul>
            <Disputes page={page} />
            <Own page={page} />
            <SummaryView family={family} summary={page.summary} />
            <Restricted page={page} />
          </>
        )}
      </Loading>
    </Page>
  );
}

/** Facts that people say differently: shown for settling, never picked. */
function Disputes({ page }: { page: FamilyPage }) {
  const { go } = useReach();
  if (page.disagreements.length === 0) return null;
  return (
    <Notice kind="warning" heading={`The record disagrees about ${many(page.disagreements.length, 'fact')}`}>
      <p>{page.disagreements.map((it) => `${it.label} of ${it.name}`).join('; ')}.</p>
      <Button look="second" onClick={() => go({ at: 'settle', family: page.family })}>
        Look and settle
      </Button>
    </Notice>
  );
}

/** My own latest entries, and where each is. */
function Own({ page }: { page: FamilyPage }) {
  const { app, go } = useReach();
  const states = app.sync.get().entries;
  const own = page.own.filter((it) => (states[it.id] ?? it.state) !== 'in-the-workbook');
  if (own.length === 0) return null;
  return (
    <section class="section">
      <h2>Your entries not in the workbook yet</h2>
      <ul class="plain-list">
        {own.map((it) => (
          <li key={it.id}>
            <button type="button" class="line" onClick={() => go({ at: 'entry', family: page.family, id: it.id })}>
              {it.kind}, {shortDay(it.day)} <SyncTag state={states[it.id] ?? it.state} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which restricted parts were read along, and which exist that this reader does not hold. */
function Restricted({ page }: { page: FamilyPage }) {
  const { terms } = useReach();
  const label = (code: string) => terms.compartments.find((it) => it.code === code)?.label ?? code;
  const notices = (page.summary.compartments ?? []).filter((it) => it.compartment !== 'team');
  if (notices.length === 0) return null;
  return (
    <section class="section card card--restricted">
      <h2>
        <Icon sign="lock" /> Restricted parts
      </h2>
      <ul class="bullets">
        {notices.map((it) => (
          <li key={it.compartment}>
            {label(it.compartment)}: {it.held ? 'you may read it; only its named members can' : 'exists, and is not for you'}
          </li>
        ))}
      </ul>
    </section>
  );
}
