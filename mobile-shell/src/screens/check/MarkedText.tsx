/**
 * The text with its marks. Marked words are buttons. Every other word can be tapped, too: by keyboard
 * and screen reader the same is done sentence by sentence in the overview.
 */
import type { Kept, Mark, Place } from '../shapes';
import { KINDS } from './kinds';
import { spread } from './spread';

interface MarkedProps {
  kept: Kept;
  unsettled: readonly number[];
  onTap: (place: Place) => void;
}

export function MarkedText({ kept, unsettled, onTap }: MarkedProps) {
  const tapWord = (event: MouseEvent) => {
    const start = tappedUnit(event);
    if (start === undefined) return;
    const word = wordAt(kept, start);
    if (word) onTap(word);
  };
  return (
    <div class="card transcript" onClick={tapWord}>
      {spread(kept).map((it, index) => {
        if (it.is === 'plain') return <span key={index} data-start={it.start}>{it.text}</span>;
        if (it.is === 'changed') return <Changed key={index} text={it.text} />;
        return <MarkedWord key={index} mark={it.mark} open={unsettled.includes(it.mark.id)} onTap={onTap} />;
      })}
    </div>
  );
}

function MarkedWord({ mark, open, onTap }: { mark: Mark; open: boolean; onTap: (place: Place) => void }) {
  const { name, sign } = KINDS[mark.kind];
  const checked = mark.must && !open;
  return (
    <button
      type="button"
      class={`mark mark--${mark.kind}${checked ? ' mark--checked' : ''}`}
      onClick={(event) => {
        event.stopPropagation();
        onTap(mark.place);
      }}
    >
      {sign && !checked && (
        <span class="mark__sign" aria-hidden="true">
          {sign}
        </span>
      )}
      {mark.text}
      <span class="govuk-visually-hidden">
        {' '}
        ({name}
        {mark.must ? (open ? ', to check' : ', checked') : ''})
      </span>
    </button>
  );
}

function Changed({ text }: { text: string }) {
  return (
    <span class="changed">
      {text}
      <span class="govuk-visually-hidden"> (changed by you)</span>
    </span>
  );
}

/** The unit of the text under a tap. */
function tappedUnit(event: MouseEvent): number | undefined {
  const page = document as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
  };
  const caret = page.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = caret ? undefined : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = caret?.offsetNode ?? range?.startContainer;
  const offset = caret?.offset ?? range?.startOffset;
  const start = node?.parentElement?.dataset.start;
  return start === undefined || offset === undefined ? undefined : Number(start) + offset;
}

/** The word at a unit: as it was heard, else up to the next spaces. */
function wordAt({ text, words }: Kept, unit: number): Place | undefined {
  const heard = words.find((it) => it.place.start <= unit && unit < it.place.end);
  if (heard) return trimmed(text, heard.place);
  const before = /[^\s]*$/.exec(text.slice(0, unit))?.[0].length ?? 0;
  const after = /^[^\s]*/.exec(text.slice(unit))?.[0].length ?? 0;
  return before + after === 0 ? undefined : trimmed(text, { start: unit - before, end: unit + after });
}

/** Without spaces and signs at its ends. */
function trimmed(text: string, { start, end }: Place): Place | undefined {
  const word = /[\p{L}\p{N}].*[\p{L}\p{N}]|[\p{L}\p{N}]/u.exec(text.slice(start, end));
  return word === null ? undefined : { start: start + word.index, end: start + word.index + word[0].length };
}
