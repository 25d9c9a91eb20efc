/** Record or type: within the thumb's reach on the prepare card and on the family's page. */
import { Button } from '../frame/Button';
import { useReach } from '../frame/context';

export function VisitActions({ family }: { family: string }) {
  const { go } = useReach();
  return (
    <>
      <Button look="second" sign="keyboard" onClick={() => go({ at: 'type', family })}>
        Type
      </Button>
      <Button sign="mic" onClick={() => go({ at: 'record', family })}>
        Record a visit
      </Button>
    </>
  );
}
