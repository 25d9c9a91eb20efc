/** One child of a contact. Nothing is set until it is tapped: "not said" is not "not seen". */
import { Quiet } from '../frame/Button';
import { OneOf } from '../frame/Choice';
import { useReach } from '../frame/context';
import { Field } from '../frame/Field';
import { capital } from '../frame/labels';
import type { CastPerson, ChildSeen } from '../shapes';
import { put } from './edit';

interface ChildProps {
  child: CastPerson;
  value: ChildSeen | undefined;
  onChange: (value: ChildSeen | undefined) => void;
}

export function ChildFields({ child, value, onChange }: ChildProps) {
  const { terms } = useReach();
  const voice = value?.voice;
  const notSeen = value?.seen === 'not-seen';
  const setVoice = (words: string, how: string) => {
    if (!value) return;
    const next = words === '' && how === '' ? undefined : put({ words, how }, 'how', how);
    onChange(put(value, 'voice', next));
  };
  const labelled = (list: typeof terms.seen) => list.map((it) => ({ ...it, label: capital(it.label) }));
  return (
    <section class="card">
      <h2>{child.name}</h2>
      <OneOf
        legend={`Was ${child.name} seen?`}
        options={labelled(terms.seen)}
        value={value?.seen}
        onPick={(seen) => {
          const next: ChildSeen = { ...(value ?? { child: child.id }), child: child.id, seen };
          onChange(seen === 'not-seen' ? put(next, 'alone', undefined) : next);
        }}
      />
      {value && !notSeen && (
        <OneOf
          legend={`Seen alone, or why not?`}
          options={labelled(terms.seenAlone)}
          value={value.alone}
          onPick={(alone) => onChange({ ...value, alone })}
        />
      )}
      {value && (
        <>
          <Field
            label={`In ${child.name}’s own words`}
            hint="What the child said or showed"
            many
            rows={2}
            value={voice?.words ?? ''}
            onInput={(words) => setVoice(words, voice?.how ?? '')}
          />
          {voice && (
            <Field label="How" hint="Said, drew, played, pointed" value={voice.how ?? ''} onInput={(how) => setVoice(voice.words, how)} />
          )}
          <Quiet sign="remove" onClick={() => onChange(undefined)}>
            {child.name} was not part of this contact
          </Quiet>
        </>
      )}
    </section>
  );
}
