/** Browsers in which the app can't work: says why, and what to use instead. Nothing could be lost here. */
import type { Status } from '../../core/app';
import { Button } from '../frame/Button';
import { Page } from '../frame/Page';

export function NoStorage({ message }: { message: string }) {
  return (
    <Page
      heading="This browser window keeps nothing"
      title="No storage"
      actions={<Button onClick={() => location.reload()}>Try again</Button>}
    >
      <p>{message}</p>
      <p>The workbook must be able to keep your work on this phone. Otherwise it would be lost when you close the window.</p>
      <h2>What to do</h2>
      <ul class="bullets">
        <li>Leave private or incognito mode, and open the address in a normal window.</li>
        <li>If the browser blocks site data, allow it for this address.</li>
        <li>If the phone’s storage is full, delete something you do not need.</li>
      </ul>
    </Page>
  );
}

const WHAT: Record<Extract<Status, { state: 'unsupported' }>['missing'], string> = {
  wasm: 'The browser does not let the workbook’s core run (WebAssembly is off).',
  crypto: 'The browser cannot seal what is stored.',
  worker: 'The browser cannot run the workbook beside the screen.',
  'core-changed': 'A part of the app does not fit the rest: an update was cut off.',
};

export function Unsupported({ missing, message }: { missing: keyof typeof WHAT; message: string }) {
  return (
    <Page
      heading="The workbook cannot run here"
      title="Cannot run here"
      actions={<Button onClick={() => location.reload()}>Load it again</Button>}
    >
      <p>{WHAT[missing]}</p>
      <p>{message}</p>
      <p>
        <strong>Nothing is lost.</strong> What this phone has stored stays sealed on it.
      </p>
      <h2>What to do</h2>
      <ul class="bullets">
        <li>Load it again where there is signal.</li>
        <li>Update the browser, or use Chrome, Edge or Safari of the last two years.</li>
        <li>On an iPhone: if Lockdown Mode is on, allow this address in it.</li>
        <li>If it goes on, tell your council’s IT support what stands above.</li>
      </ul>
    </Page>
  );
}
