/** The council has taken this phone out of use: what was here is gone. */
import type { App, Status } from '../../core/app';
import { Button } from '../frame/Button';
import { Notice } from '../frame/Notice';
import { Page } from '../frame/Page';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { many, moment } from '../frame/when';

export function Wiped({ app, status }: { app: App; status: Extract<Status, { state: 'wiped' }> }) {
  const doing = useDoing();
  return (
    <Page
      heading="This phone was taken out of use"
      title="Taken out of use"
      actions={
        <Button onClick={() => void doing.run(() => app.forget())} busy={doing.busy}>
          Set up this phone anew
        </Button>
      }
    >
      <p>Your council ended this phone’s access. The families’ records on it were deleted ({moment(status.at)}).</p>
      <p>Everything that you had sent is in the workbook. You can read it on another device.</p>
      {status.unsent > 0 && (
        <Notice kind="warning" heading={`${many(status.unsent, 'piece')} of work had not been sent`}>
          <p>
            They were deleted with the rest. Tell your manager, and write them again from memory while it is fresh. If you
            saved a rescue file before, your council can open it with you.
          </p>
        </Notice>
      )}
      <Problem error={doing.error} kept="" />
    </Page>
  );
}
