/** How far the check is: in words for everybody, in bars for the eye. */
export function Steps({ at, of }: { at: number; of: number }) {
  return (
    <>
      <p class="small" style="margin-bottom:0.25rem">
        Step {at + 1} of {of}
      </p>
      <ol class="steps" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <li key={index} class={index <= at ? 'done' : ''} />
        ))}
      </ol>
    </>
  );
}
