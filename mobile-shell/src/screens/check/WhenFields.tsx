/** Day and time of the contact; "time not known" is an answer, too. */
import { useState } from 'preact/hooks';
import { Field } from '../frame/Field';
import { today } from '../frame/when';
import { sayDayOnly, sayWhen } from './edit';
import type { Desk } from './useDraft';

export function WhenFields({ desk }: { desk: Desk }) {
  const { occurred } = desk.kept.draft.entry;
  const unsaid = (desk.kept.draft.unsaid ?? []).includes('start');
  const [day, setDay] = useState(occurred.start.slice(0, 10));
  const [start, setStart] = useState(unsaid || occurred.timeUnknown ? '' : occurred.start.slice(11, 16));
  const [end, setEnd] = useState(occurred.end?.slice(11, 16) ?? '');
  // While nobody has said when, what stands in the draft is a stand-in and no answer.
  const [unknown, setUnknown] = useState(!unsaid && (occurred.timeUnknown ?? false));
  const say = (next: { day?: string; start?: string; end?: string; unknown?: boolean }) => {
    const all = { day, start, end, unknown, ...next };
    if (all.day === '') return;
    desk.change((draft) =>
      all.unknown ? sayDayOnly(draft, all.day) : sayWhen(draft, all.day, all.start, all.start === '' ? '' : all.end),
    );
  };
  return (
    <fieldset class="plain">
      <legend class="govuk-fieldset__legend">When was it?</legend>
      <Field
        label="Day"
        type="date"
        max={today()}
        value={day}
        onInput={(value) => {
          setDay(value);
          say({ day: value });
        }}
        error={day === '' ? 'Enter the day' : undefined}
      />
      {!unknown && (
        <div class="pair">
          <Field
            label="From"
            type="time"
            value={start}
            onInput={(value) => {
              setStart(value);
              say({ start: value });
            }}
          />
          <Field
            label="To, if known"
            type="time"
            value={end}
            onInput={(value) => {
              setEnd(value);
              say({ end: value });
            }}
            error={end !== '' && start !== '' && end < start ? 'It must end after it began' : undefined}
          />
        </div>
      )}
      <label class="tile">
        <input
          type="checkbox"
          checked={unknown}
          onChange={() => {
            setUnknown(!unknown);
            say({ unknown: !unknown });
          }}
        />
        <span>I do not know the time</span>
      </label>
    </fieldset>
  );
}
