/**
 * Text fields. Nothing is completed, corrected or spell-checked by a service: browsers keep typed text
 * and some send it away. `data-*` attributes tell password keepers and writing aids to stay out.
 */
import { useId } from 'preact/hooks';

/** Asks password keepers and writing aids to leave a field alone. */
const KEEP_OUT = {
  'data-gramm': 'false',
  'data-1p-ignore': 'true',
  'data-lpignore': 'true',
  writingsuggestions: 'false',
} as const;

interface FieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'password' | 'date' | 'time' | 'number';
  /** Only for the sign-in: a council's password keeper may fill those. */
  autocomplete?: 'off' | 'username' | 'current-password' | 'new-password';
  rows?: number;
  many?: boolean;
  min?: string;
  max?: string;
  inputMode?: 'text' | 'numeric' | 'decimal';
  hiddenLabel?: boolean;
}

export function Field(props: FieldProps) {
  const { label, hint, error, value, onInput, type = 'text', autocomplete = 'off', many, rows = 4 } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const secret = type === 'password' || autocomplete !== 'off';
  const shared = {
    id,
    value,
    autocomplete,
    spellcheck: false,
    autocapitalize: secret ? ('off' as const) : ('sentences' as const),
    ...(described === undefined ? {} : { 'aria-describedby': described }),
    ...(error ? { 'aria-invalid': true } : {}),
    ...(autocomplete === 'off' ? KEEP_OUT : {}),
  };
  return (
    <div class={`govuk-form-group${error ? ' govuk-form-group--error' : ''}`}>
      <label class={`govuk-label${props.hiddenLabel ? ' govuk-visually-hidden' : ''}`} for={id}>
        {label}
      </label>
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
      {many ? (
        <textarea class="govuk-textarea" rows={rows} {...shared} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <input
          class="govuk-input"
          type={type as 'text'}
          {...limits(props)}
          {...shared}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

function limits({ min, max, inputMode }: FieldProps) {
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(inputMode === undefined ? {} : { inputMode }),
  };
}
