/** A sentence of the record: tapping it opens the entry that it came from. */
import type { ComponentChildren } from 'preact';
import { useReach } from '../frame/context';
import { Icon } from '../frame/Icon';
import { shortDay } from '../frame/when';
import type { Line } from '../shapes';

interface CitedProps {
  family: string;
  line: Line;
  /** Before the sentence: a sign or a heading. */
  before?: ComponentChildren;
}

export function CitedLine({ family, line, before }: CitedProps) {
  const { go, terms } = useReach();
  const source = line.citations.find((it) => it.entry !== undefined) ?? line.citations[0];
  const entry = source?.entry;
  const more = line.citations.length - 1;
  const restricted = (line.compartments ?? []).map((code) => terms.compartments.find((it) => it.code === code)?.label ?? code);
  const content = (
    <>
      {before}
      <span>{line.text}</span>
      {restricted.length > 0 && (
        <span class="state state--phone">
          <Icon sign="lock" />
          Restricted: {restricted.join(', ')}
        </span>
      )}
      {source && (
        <span class={entry ? 'line__source' : 'small'} style={entry ? undefined : 'display:block'}>
          {source.author}, {shortDay(source.date)}
          {more > 0 && ` and ${more} more`}
          {entry && <Icon sign="open" />}
        </span>
      )}
    </>
  );
  if (entry === undefined) return <div class="line">{content}</div>;
  return (
    <button type="button" class="line" onClick={() => go({ at: 'entry', family, id: entry })}>
      {content}
    </button>
  );
}

/** Several; or what to say when there are none. */
export function CitedLines({ family, lines, none }: { family: string; lines: readonly Line[]; none?: string }) {
  if (lines.length === 0) return none === undefined ? null : <p class="small">{none}</p>;
  return (
    <ul class="plain-list">
      {lines.map((line, index) => (
        <li key={index}>
          <CitedLine family={family} line={line} />
        </li>
      ))}
    </ul>
  );
}
