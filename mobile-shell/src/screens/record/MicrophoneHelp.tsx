/** The microphone was not given: why, what to do, and that typing always works. */
import type { RecorderState } from '../../core/app';
import { Button } from '../frame/Button';
import { Notice } from '../frame/Notice';

type Refused = Extract<RecorderState, { state: 'refused' }>;

const HELP: Record<Refused['why'], { heading: string; steps: string[] }> = {
  denied: {
    heading: 'The microphone is not allowed',
    steps: [
      'Android: tap the sign left of the address, then “Permissions”, and allow the microphone.',
      'iPhone: Settings, Apps, Safari, Microphone: “Ask” or “Allow”.',
      'Then come back and try again.',
    ],
  },
  'no-microphone': { heading: 'No microphone was found', steps: ['Take off a headset, or plug it in again.', 'Then try again.'] },
  'in-use': { heading: 'Another app uses the microphone', steps: ['End the call, or close the other app.', 'Then try again.'] },
  unsupported: { heading: 'This browser cannot record', steps: ['Update the browser, or open the workbook in Chrome, Edge or Safari.'] },
};

export function MicrophoneHelp({ state, again }: { state: Refused; again: () => void }) {
  const { heading, steps } = HELP[state.why];
  return (
    <>
      <Notice kind="error" heading={heading} live>
        <p>{state.message}</p>
        <ul class="bullets">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
        <p>Nothing is lost. You can type the visit instead, and record another time.</p>
      </Notice>
      <Button onClick={again} sign="mic">
        Try the microphone again
      </Button>
    </>
  );
}
