/** Before the visit, at one glance: own safety, who must not learn what, who was seen when, what is open. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Loading } from '../frame/Loading';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { useReading } from '../frame/watching';
import type { FamilyPage } from '../shapes';
import { Actions } from './Actions';
import { CitedLines } from './CitedLine';
import { SafetyPlans } from './SafetyPlans';
import { Said } from './Said';
import { SeenTable } from './SeenTable';
import { VisitActions } from './VisitActions';

export function PrepareScreen({ family }: { family: string }) {
  const { app, go, back } = useReach();
  const reading = useReading<FamilyPage>(() => app.family(family), [app, family], (listener) => app.onChange(listener));
  const name = reading.state === 'ready' ? reading.value.name : 'Family';
  return (
    <Page
      heading={name}
      title="Prepare for a visit"
      back={{ label: 'Today', go: () => back({ at: 'today' }) }}
      actions={<VisitActions family={family} />}
    >
      <p class="page__lead">Before you go in</p>
      <Loading reading={reading} what="Opening what you need to know">
        {(page) => (
          <>
            {page.prepare.workerSafety.length > 0 && (
              <Notice kind="warning" heading="Your own safety">
                <CitedLines family={family} lines={page.prepare.workerSafety} />
              </Notice>
            )}
            {page.prepare.prompts.length > 0 && (
              <Notice kind="error" heading="Somebody may not be safe">
                <CitedLines family={family} lines={page.prepare.prompts} />
              </Notice>
            )}
            <SafetyPlans family={family} plans={page.prepare.safetyPlans} />
            <SeenTable family={family} rows={page.prepare.children} />
            <Actions family={family} actions={page.prepare.actions} />
            <Said family={family} said={page.prepare.said} />
            <Button look="second" onClick={() => go({ at: 'family', family })}>
              Open the whole workbook
            </Button>
          </>
        )}
      </Loading>
    </Page>
  );
}
