/** The text as it was heard, with the words that deserve a second look. A tap plays and changes a word. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { Fold } from '../frame/Fold';
import { Notice } from '../frame/Notice';
import { Sheet } from '../frame/Sheet';
import { many } from '../frame/when';
import type { Place } from '../shapes';
import { settle } from './edit';
import { KINDS } from './kinds';
import { MarkedText } from './MarkedText';
import type { Desk } from './useDraft';
import { Word } from './Word';

export function ReadStep({ desk }: { desk: Desk }) {
  const [open, setOpen] = useState<Place | undefined>();
  const { kept, review } = desk;
  const left = kept.marks.filter((it) => review.unsettled.includes(it.id));
  const firstLeft = left[0];
  const mark = kept.marks.find((it) => it.place.start === open?.start && it.place.end === open.end);
  const kinds = [...new Set(kept.marks.map((it) => it.kind))];
  const nextAfter = (id: number | undefined) => left.find((it) => it.id !== id)?.place;
  return (
    <>
      {firstLeft ? (
        <Notice kind="warning" heading={`${many(left.length, 'word')} to check`}>
          <p>The phone was not sure of them.</p>
          <Button look="second" onClick={() => setOpen(firstLeft.place)}>
            Check the first
          </Button>
        </Notice>
      ) : (
        <p>Read it through. Tap any word to hear it and to change it.</p>
      )}
      <MarkedText kept={kept} unsettled={review.unsettled} onTap={setOpen} />
      <Fold heading="What the marks mean">
        <ul class="plain-list">
          {kinds.map((kind) => (
            <li key={kind}>
              <span class={`mark mark--${kind}`}>
                {KINDS[kind].sign && <span class="mark__sign">{KINDS[kind].sign}</span>}
                {KINDS[kind].name}
              </span>
              <span class="small">: {KINDS[kind].why}</span>
            </li>
          ))}
        </ul>
      </Fold>
      <Doubts desk={desk} onTap={setOpen} />
      <Sheet open={open !== undefined} labelledBy="sheet-heading" onClose={() => setOpen(undefined)}>
        {open && (
        <Word
          key={`${open.start}-${open.end}`}
          desk={desk}
          place={open}
          mark={mark}
          more={nextAfter(mark?.id) !== undefined}
          onRight={() => {
            if (mark) desk.changeKept((it) => settle(it, mark.id));
            setOpen(mark?.must ? nextAfter(mark.id) : undefined);
          }}
          onClose={() => setOpen(undefined)}
        />
        )}
      </Sheet>
    </>
  );
}

/** What the draft took other than it was heard, in plain words. */
function Doubts({ desk, onTap }: { desk: Desk; onTap: (place: Place) => void }) {
  if (desk.kept.doubts.length === 0) return null;
  return (
    <section class="section">
      <h2>Please look at these</h2>
      <ul class="plain-list">
        {desk.kept.doubts.map((it, index) => (
          <li key={index}>
            <button type="button" class="line" onClick={() => onTap(it.place)}>
              Heard “{it.heard}”{it.suggestion && `, written as “${it.suggestion}”`}. {it.why}
              <span class="line__source">Hear and change it</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
