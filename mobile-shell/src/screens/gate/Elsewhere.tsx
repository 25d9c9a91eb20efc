/** One tab at a time: two would write the same record. */
import type { App, Status } from '../../core/app';
import { Button } from '../frame/Button';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';

export function Elsewhere({ app, status }: { app: App; status: Extract<Status, { state: 'elsewhere' }> }) {
  const doing = useDoing();
  return (
    <Page
      heading="The workbook is open in another tab"
      title="Open in another tab"
      actions={
        !status.busy && (
          <Button onClick={() => void doing.run(() => app.takeOver())} busy={doing.busy}>
            Use it here
          </Button>
        )
      }
    >
      <p>It can be open in one tab at a time, so that nothing is written twice.</p>
      {status.busy ? (
        <Notice kind="warning" heading="The other tab is recording">
          <p>Finish the recording there first. Then you can use the workbook here.</p>
        </Notice>
      ) : (
        <p>If you use it here, the other tab closes the workbook. What you typed there is kept.</p>
      )}
      <Problem error={doing.error} />
    </Page>
  );
}
