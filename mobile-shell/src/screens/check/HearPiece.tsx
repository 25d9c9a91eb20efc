/** Plays the part of the recording that a piece of the draft came from. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';
import { Problem } from '../frame/Problem';
import { useDoing } from '../frame/watching';
import { placeOf } from './pieces';
import type { Desk } from './useDraft';

export function HearPiece({ desk, name }: { desk: Desk; name: string }) {
  const { app } = useReach();
  const doing = useDoing();
  const { kept } = desk;
  const place = kept.recording === undefined ? undefined : placeOf(kept, name);
  const words = place ? kept.words.filter((it) => it.place.start < place.end && place.start < it.place.end) : [];
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <>
      <Button
        look="second"
        sign="sound"
        busy={doing.busy}
        onClick={() => void doing.run(() => app.play(kept.recording ?? '', first.audio.startMs, last.audio.endMs))}
      >
        Hear it
      </Button>
      <Problem error={doing.error} />
      <br />
    </>
  );
}
