/** One word: hear that second, say that it is right, or change it wherever the draft took it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { Notice } from '../frame/Notice';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import type { Mark, Place, Second } from '../shapes';
import { settle } from './edit';
import { KINDS } from './kinds';
import { correct } from './pieces';
import type { Desk } from './useDraft';

/** Milliseconds played before and after the word, so that it is heard in its place. */
const BEFORE = 700;
const AFTER = 900;

interface WordProps {
  desk: Desk;
  place: Place;
  mark: Mark | undefined;
  more: boolean;
  onRight: () => void;
  onClose: () => void;
}

export function Word({ desk, place, mark, more, onRight, onClose }: WordProps) {
  const { app } = useReach();
  const { kept } = desk;
  const heard = kept.text.slice(place.start, place.end);
  const [text, setText] = useState(heard);
  const [nowhere, setNowhere] = useState(false);
  const top = useRef<HTMLHeadingElement>(null);
  const playing = useDoing();
  const sound = mark?.audio ?? soundOf(desk, place);
  useEffect(() => top.current?.focus(), []);
  const hear = () => {
    const recording = kept.recording;
    if (recording === undefined || sound === undefined) return;
    void playing.run(() => app.play(recording, Math.max(0, sound.startMs - BEFORE), sound.endMs + AFTER));
  };
  const change = () => {
    const draft = correct(kept, place, text.trim());
    setNowhere(draft === undefined);
    if (draft === undefined) return;
    desk.changeKept((it) => (mark ? settle({ ...it, draft }, mark.id) : { ...it, draft }));
    onRight();
  };
  const changed = text.trim() !== heard;
  return (
    <>
      <h2 id="sheet-heading" tabIndex={-1} ref={top}>
        {mark ? `${KINDS[mark.kind].name}: is this right?` : 'Is this right?'}
      </h2>
      {mark && <p class="small">{KINDS[mark.kind].why}</p>}
      <p>
        … {around(kept.text, place).before}
        <strong>{heard}</strong>
        {around(kept.text, place).after} …
      </p>
      {sound && kept.recording !== undefined && (
        <p>
          <Button look="second" sign="sound" onClick={hear} busy={playing.busy}>
            Hear it
          </Button>
        </p>
      )}
      <Field label="Change it to" value={text} onInput={setText} />
      {mark && (mark.kind === 'number' || mark.kind === 'date') && (
        <p class="small">Dates, readings and scores that were taken from it are changed in the overview.</p>
      )}
      {nowhere && (
        <Notice kind="warning" heading="The entry’s text does not hold this word" live>
          <p>It was used for a field, such as the kind, the time or who was there. Change it there.</p>
        </Notice>
      )}
      <Problem error={playing.error} />
      <div class="row">
        <Button look="second" onClick={onClose}>
          Close
        </Button>
        {changed ? (
          <Button onClick={change}>Change it</Button>
        ) : (
          <Button onClick={onRight}>{mark?.must && more ? 'It is right, next' : 'It is right'}</Button>
        )}
      </div>
    </>
  );
}

/** When the words at a place were spoken. */
function soundOf({ kept }: Desk, place: Place): Second | undefined {
  const words = kept.words.filter((it) => it.place.start < place.end && place.start < it.place.end);
  const first = words[0];
  const last = words.at(-1);
  return first && last && { startMs: first.audio.startMs, endMs: last.audio.endMs };
}

/** A few words before and after, cut at spaces. */
function around(text: string, { start, end }: Place): { before: string; after: string } {
  return {
    before: text.slice(Math.max(0, start - 60), start).replace(/^\S*\s/, ''),
    after: text.slice(end, end + 60).replace(/\s\S*$/, ''),
  };
}
