/** The summary in its reading order: dangers, children, strengths, concerns, measures, direction, gaps. */
import type { Summary } from '../shapes';
import { Actions } from './Actions';
import { CitedLines } from './CitedLine';
import { Concerns } from './Concerns';
import { Directions } from './Directions';
import { Readings } from './Readings';
import { Fold } from '../frame/Fold';
import { Notice } from '../frame/Notice';
import { SafetyPlans } from './SafetyPlans';
import { Tools } from './Tools';

export function SummaryView({ family, summary }: { family: string; summary: Summary }) {
  return (
    <>
      {summary.workersSafety.length > 0 && (
        <Notice kind="warning" heading="Your own safety">
          <CitedLines family={family} lines={summary.workersSafety} />
        </Notice>
      )}
      {summary.prompts.length > 0 && (
        <Notice kind="error" heading="Somebody may not be safe">
          <CitedLines family={family} lines={summary.prompts} />
        </Notice>
      )}
      <SafetyPlans family={family} plans={summary.safetyPlans} />
      <section class="section">
        <h2>The children</h2>
        {summary.children.length === 0 && <p class="small">No children are in this workbook yet.</p>}
        {summary.children.map((child) => (
          <div class="card" key={child.child}>
            <h3>{child.name}</h3>
            <CitedLines family={family} lines={child.lines} none="Nothing recorded yet." />
          </div>
        ))}
      </section>
      <section class="section">
        <h2>What goes well</h2>
        <div class="card">
          <CitedLines family={family} lines={summary.strengths} none="Nothing recorded yet." />
        </div>
      </section>
      <Concerns family={family} concerns={summary.concerns} />
      <Readings family={family} readings={summary.readings} />
      <Tools family={family} tools={summary.tools} />
      <Directions family={family} directions={summary.direction} />
      <Actions family={family} actions={summary.actions} />
      <section class="section">
        <h2>Gaps</h2>
        <div class="card">
          <CitedLines family={family} lines={summary.gaps} none="No gaps found." />
        </div>
      </section>
      <Fold heading="Latest contacts">
        <CitedLines family={family} lines={summary.contacts} none="No contacts yet." />
      </Fold>
      <Fold heading="Group supervision and decisions">
        {summary.supervisions.map((it, index) => (
          <div key={index}>
            <CitedLines
              family={family}
              lines={[it.line, ...it.contributions, ...it.disagreements, ...it.minorityViews, ...it.decisions]}
            />
          </div>
        ))}
        <CitedLines family={family} lines={summary.decisions} none={summary.supervisions.length === 0 ? 'None yet.' : ''} />
      </Fold>
      <Fold heading="Periods">
        <CitedLines family={family} lines={summary.periods.map((it) => it.line)} none="None yet." />
      </Fold>
    </>
  );
}
