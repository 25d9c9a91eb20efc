/** Who was there, and each child: seen, alone or why not, and their own words. All by taps. */
import { useState } from 'preact/hooks';
import { Button } from '../frame/Button';
import { SomeOf } from '../frame/Choice';
import { Field } from '../frame/Field';
import type { Cast, ChildSeen, Party } from '../shapes';
import { ChildFields } from './ChildFields';
import { inEntry, put } from './edit';
import { codeOf, partyOf, partyOptions } from './parties';
import type { Desk } from './useDraft';

export function PeopleStep({ desk }: { desk: Desk }) {
  const { kept, cast } = desk;
  const children = cast.people.filter((it) => it.child);
  const seen = kept.draft.entry.children ?? [];
  const setChild = (id: string, value: ChildSeen | undefined) =>
    desk.change((draft) =>
      inEntry(draft, (entry) => {
        const others = (entry.children ?? []).filter((it) => it.child !== id);
        const order = children.map((it) => it.id);
        const next = value === undefined ? others : [...others, value];
        next.sort((a, b) => order.indexOf(a.child) - order.indexOf(b.child));
        return put(entry, 'children', next);
      }),
    );
  return (
    <>
      <Present desk={desk} cast={cast} />
      {children.map((child) => (
        <ChildFields
          key={child.id}
          child={child}
          value={seen.find((it) => it.child === child.id)}
          onChange={(value) => setChild(child.id, value)}
        />
      ))}
    </>
  );
}

/** Adults and professionals; the children have their own questions. Somebody else is added by name. */
function Present({ desk, cast }: { desk: Desk; cast: Cast }) {
  const [name, setName] = useState('');
  const present = desk.kept.draft.entry.present ?? [];
  const isChild = (party: Party) => 'person' in party && cast.people.some((it) => it.child && it.id === party.person);
  const set = (parties: Party[]) => desk.change((draft) => inEntry(draft, (entry) => put(entry, 'present', parties)));
  const add = () => {
    if (name.trim() === '') return;
    set([...present, { named: name.trim() }]);
    setName('');
  };
  return (
    <>
      <SomeOf
        legend="Tap everybody who was there"
        hint="Not you, and not the children: they come next."
        options={partyOptions(cast, present, false)}
        values={present.filter((it) => !isChild(it)).map(codeOf)}
        onPick={(codes) => set([...present.filter(isChild), ...codes.map(partyOf)])}
      />
      <div class="row" style="align-items:flex-end">
        <div style="flex:3 1 10rem">
          <Field label="Somebody else, by name" value={name} onInput={setName} />
        </div>
        <div style="flex:1 1 5rem;margin-bottom:1.25rem">
          <Button look="second" onClick={add} off={name.trim() === '' ? 'write a name first' : undefined}>
            Add
          </Button>
        </div>
      </div>
    </>
  );
}
