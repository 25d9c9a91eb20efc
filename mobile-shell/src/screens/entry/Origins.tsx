/** Where the words came from, and its author's word that they are right. */
import { longDay, moment, spokenClock } from '../frame/when';
import { Fold } from '../frame/Fold';
import type { EntryPage } from '../shapes';

export function Origins({ page }: { page: EntryPage }) {
  const { provenance, attestation, at, finishedLateDays } = page.entry;
  return (
    <Fold heading="Where this came from">
      {provenance.how === 'typed' ? (
        <p>Typed by its author.</p>
      ) : (
        <>
          <p>
            Dictated ({spokenClock(provenance.audioMs / 1000)}), written down on the phone by the speech model{' '}
            {provenance.model}. Its author changed {provenance.wordsEdited} words.
          </p>
          <p>The sound was deleted when the author accepted the text. Its fingerprint is kept:</p>
          <p class="small figure">{provenance.audioSha256}</p>
        </>
      )}
      {attestation && (
        <p>
          “{attestation.statement}”, {page.line.author}, {moment(Date.parse(attestation.at))}.
        </p>
      )}
      <p>Completed on {longDay(at)} by the phone’s clock.</p>
      {finishedLateDays !== undefined && <p>It was finished {finishedLateDays} days after the council’s time limit.</p>}
    </Fold>
  );
}
