/**
 * Where a text was changed, word by word: so that a correction shows in what was heard, and so that a
 * word of what was heard is found again in what was changed. Offsets are UTF-16 units.
 */

/** A stretch of the old text, and what stands for it in the new one. */
export interface Run {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
  same: boolean;
}

/** The whole of both texts as runs, in order. */
export function difference(old: string, fresh: string): Run[] {
  const a = tokens(old);
  const b = tokens(fresh);
  const table = lengths(a, b);
  const runs: Run[] = [];
  let i = 0;
  let j = 0;
  let from = 0;
  let newFrom = 0;
  const add = (oldText: string, newText: string, same: boolean) => {
    const last = runs.at(-1);
    if (last !== undefined && last.same === same) {
      last.to += oldText.length;
      last.newTo += newText.length;
    } else {
      runs.push({ from, to: from + oldText.length, newFrom, newTo: newFrom + newText.length, same });
    }
    from += oldText.length;
    newFrom += newText.length;
  };
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) add(a[i++]!, b[j++]!, true);
    else if (j >= b.length || (i < a.length && table[i + 1]![j]! >= table[i]![j + 1]!)) add(a[i++]!, '', false);
    else add('', b[j++]!, false);
  }
  return runs;
}

/** Where a stretch of the old text stands in the new one, if it stands there unchanged. */
export function follow(runs: readonly Run[], from: number, to: number): { from: number; to: number } | undefined {
  const run = runs.find((it) => it.same && it.from <= from && to <= it.to);
  return run && { from: run.newFrom + (from - run.from), to: run.newFrom + (to - run.from) };
}

/** Words with the space after them apart. */
function tokens(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}'’-]+|[^\s\p{L}\p{N}]/gu) ?? [];
}

/** Lengths of the longest common sequences from each pair of places on. */
function lengths(a: readonly string[], b: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
    }
  }
  return table;
}
