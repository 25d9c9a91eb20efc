/** A new passphrase, typed twice. Whether it is strong enough is the vault's to say, too. */
import { useState } from 'preact/hooks';
import { Field } from '../frame/Field';

/** The shortest passphrase, in characters: the vault's rule, told before it refuses. */
const SHORTEST = 12;

/** What to change, or nothing. */
export function passphraseFault(passphrase: string, again: string): string | undefined {
  if ([...passphrase].length < SHORTEST) return `Use at least ${SHORTEST} characters: some four words`;
  if (passphrase !== again) return 'Type the same passphrase twice';
  return undefined;
}

interface PairProps {
  passphrase: string;
  again: string;
  onPassphrase: (value: string) => void;
  onAgain: (value: string) => void;
  /** Faults are shown after the first try only. */
  tried: boolean;
}

export function PassphrasePair({ passphrase, again, onPassphrase, onAgain, tried }: PairProps) {
  const [shown, setShown] = useState(false);
  const short = tried && [...passphrase].length < SHORTEST;
  const type = shown ? 'text' : 'password';
  return (
    <>
      <Field
        label="New passphrase"
        hint={`At least ${SHORTEST} characters. Four words that do not belong together are good.`}
        type={type}
        value={passphrase}
        onInput={onPassphrase}
        error={short ? passphraseFault(passphrase, again) : undefined}
      />
      <Field
        label="The same passphrase again"
        type={type}
        value={again}
        onInput={onAgain}
        error={tried && !short && passphrase !== again ? 'Type the same passphrase twice' : undefined}
      />
      <label class="tile">
        <input type="checkbox" checked={shown} onChange={() => setShown(!shown)} />
        <span>Show what I type</span>
      </label>
      <br />
    </>
  );
}
