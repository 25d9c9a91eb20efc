/** Chapters by discipline, the reader's own first (the core orders them). */
import { useReach } from '../frame/context';
import { Fold } from '../frame/Fold';
import { capital } from '../frame/labels';
import type { FamilyPage } from '../shapes';
import { CitedLines } from './CitedLine';
import { OfFamily } from './OfFamily';

export function Chapters({ family }: { family: string }) {
  const { app } = useReach();
  return (
    <OfFamily<FamilyPage> family={family} heading="Chapters" read={() => app.family(family)}>
      {(page) =>
        page.summary.chapters.length === 0 ? (
          <p>Nobody has written an entry yet.</p>
        ) : (
          page.summary.chapters.map((chapter) => (
            <section class="card" key={chapter.discipline}>
              <h2>
                {capital(chapter.discipline)}
                {chapter.discipline === page.discipline && ' (yours)'}
              </h2>
              <h3>Monthly summary</h3>
              <CitedLines family={family} lines={chapter.monthlySummary} none="None yet." />
              <h3>This period</h3>
              <CitedLines family={family} lines={chapter.thisPeriod} none="Nothing yet." />
              {chapter.earlier.length > 0 && (
                <Fold heading={`Earlier (${chapter.earlier.length})`}>
                  <CitedLines family={family} lines={chapter.earlier} />
                </Fold>
              )}
            </section>
          ))
        )
      }
    </OfFamily>
  );
}

