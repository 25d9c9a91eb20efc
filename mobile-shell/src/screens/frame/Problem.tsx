/** An error in plain words: what to do, and what became of the work. */
import type { AppError } from '../../core/app';
import { Button } from './Button';
import { Notice } from './Notice';

interface ProblemProps {
  error: AppError | undefined;
  /** What became of what the person did. The usual: nothing is lost. */
  kept?: string;
  again?: (() => void) | undefined;
}

export function Problem({ error, kept = 'Nothing that you wrote or said is lost.', again }: ProblemProps) {
  if (error === undefined || error.code === 'cancelled') return null;
  return (
    <Notice kind="error" heading="That did not work" live>
      <p>{error.message}</p>
      <p>{kept}</p>
      {again && (
        <Button look="second" onClick={again}>
          Try again
        </Button>
      )}
    </Notice>
  );
}
