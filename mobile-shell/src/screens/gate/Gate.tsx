/** What is shown while the workbook is not open: why, and what to do. */
import type { App, Status } from '../../core/app';
import { Wait } from '../frame/Loading';
import { Page } from '../frame/Page';
import { Elsewhere } from './Elsewhere';
import { FirstTime } from './FirstTime';
import { LeaseOver } from './LeaseOver';
import { NoStorage, Unsupported } from './NoStorage';
import { Unlock } from './Unlock';
import { Wiped } from './Wiped';

export function Gate({ app, status }: { app: App; status: Status }) {
  switch (status.state) {
    case 'new':
      return <FirstTime app={app} />;
    case 'locked':
      return <Unlock app={app} status={status} />;
    case 'lease-over':
      return <LeaseOver app={app} status={status} />;
    case 'wiped':
      return <Wiped app={app} status={status} />;
    case 'elsewhere':
      return <Elsewhere app={app} status={status} />;
    case 'storage-off':
      return <NoStorage message={status.message} />;
    case 'unsupported':
      return <Unsupported missing={status.missing} message={status.message} />;
    default:
      return (
        <Page heading="Family Workbook" title="Opening">
          <Wait>Opening</Wait>
        </Page>
      );
  }
}
