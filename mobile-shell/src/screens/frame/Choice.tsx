/** Choices as big taps. Long lists are a native list, which every phone shows well. */
import { useId } from 'preact/hooks';

/** One thing to choose. */
export interface Option {
  code: string;
  label: string;
  hint?: string | undefined;
}

interface ChoiceProps {
  legend: string;
  hint?: string | undefined;
  options: readonly Option[];
  value: string | undefined;
  onPick: (code: string) => void;
  error?: string | undefined;
  wide?: boolean;
}

/** One of a few. */
export function OneOf({ legend, hint, options, value, onPick, error, wide }: ChoiceProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset class="plain" aria-describedby={described}>
      <legend class="govuk-fieldset__legend">{legend}</legend>
      {hint && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <p class="govuk-error-message" id={`${id}-error`}>
          <span class="govuk-visually-hidden">Error: </span>
          {error}
        </p>
      )}
      <div class={`tiles${wide ? ' tiles--wide' : ''}`}>
        {options.map((option) => (
          <label class="tile" key={option.code}>
            <input type="radio" name={id} checked={option.code === value} onChange={() => onPick(option.code)} />
            <Words option={option} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SomeProps {
  legend: string;
  hint?: string | undefined;
  options: readonly Option[];
  values: readonly string[];
  onPick: (codes: string[]) => void;
  wide?: boolean;
}

/** Any of a few. */
export function SomeOf({ legend, hint, options, values, onPick, wide }: SomeProps) {
  const id = useId();
  const turn = (code: string) =>
    onPick(values.includes(code) ? values.filter((it) => it !== code) : [...values, code]);
  return (
    <fieldset class="plain" aria-describedby={hint ? `${id}-hint` : undefined}>
      <legend class="govuk-fieldset__legend">{legend}</legend>
      {hint && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <div class={`tiles${wide ? ' tiles--wide' : ''}`}>
        {options.map((option) => (
          <label class="tile" key={option.code}>
            <input type="checkbox" checked={values.includes(option.code)} onChange={() => turn(option.code)} />
            <Words option={option} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Words({ option }: { option: Option }) {
  return (
    <span>
      {option.label}
      {option.hint && <small>{option.hint}</small>}
    </span>
  );
}

interface PickProps {
  label: string;
  hint?: string;
  options: readonly Option[];
  value: string | undefined;
  onPick: (code: string) => void;
  /** What stands there while nothing is chosen; choosing it again clears. */
  none?: string;
}

/** One of many: a native list. */
export function Pick({ label, hint, options, value, onPick, none }: PickProps) {
  const id = useId();
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {hint && (
        <div class="govuk-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <select
        class="govuk-select"
        id={id}
        autocomplete="off"
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={value ?? ''}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {(none !== undefined || value === undefined) && <option value="">{none ?? 'Choose'}</option>}
        {options.map((option) => (
          <option key={option.code} value={option.code}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
