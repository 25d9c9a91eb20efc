/** A list of things in a part: each can be changed and taken out, and one more can be added. */
import type { ComponentChildren } from 'preact';
import { Button, Quiet } from '../../frame/Button';

interface ItemsProps<T> {
  items: readonly T[];
  /** What one is called, in the singular. */
  one: string;
  children: (item: T, index: number) => ComponentChildren;
  onRemove: (index: number) => void;
  onAdd: () => void;
}

export function Items<T>({ items, one, children, onRemove, onAdd }: ItemsProps<T>) {
  return (
    <>
      {items.map((item, index) => (
        <fieldset class="plain item" key={index}>
          <legend class="small">
            {one} {index + 1}
          </legend>
          {children(item, index)}
          <Quiet sign="remove" onClick={() => onRemove(index)}>
            Take out {one} {index + 1}
          </Quiet>
        </fieldset>
      ))}
      <Button look="second" sign="add" onClick={onAdd}>
        Add {one.startsWith('a') ? 'an' : 'a'} {one}
      </Button>
    </>
  );
}
