/** The plan: under which each child is, goals with their news, safety plan, actions, what is due. */
import { useReach } from '../frame/context';
import { longDay } from '../frame/when';
import type { Plan } from '../shapes';
import { Actions } from './Actions';
import { CitedLine, CitedLines } from './CitedLine';
import { OfFamily } from './OfFamily';
import { SafetyPlans } from './SafetyPlans';

export function PlanScreen({ family }: { family: string }) {
  const { app } = useReach();
  return (
    <OfFamily<Plan> family={family} heading="Plan" read={() => app.plan(family)}>
      {(plan) => (
        <>
          <SafetyPlans family={family} plans={plan.safetyPlans} />
          <section class="section">
            <h2>Plans of the children</h2>
            {plan.statuses.length === 0 && <p class="small">No plan is recorded.</p>}
            <dl class="facts">
              {plan.statuses.map((it, index) => (
                <div key={index}>
                  <dt>{it.name}</dt>
                  <dd>
                    {it.status}
                    {it.category && `, ${it.category}`}
                    <div class="small">
                      from {longDay(it.from)}, says {it.author}
                    </div>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <section class="section">
            <h2>When visits are due</h2>
            <div class="card">
              <CitedLines family={family} lines={plan.timescales.map((it) => it.line)} none="No rule says when." />
            </div>
          </section>
          <section class="section">
            <h2>Goals</h2>
            {plan.goals.length === 0 && <p class="small">No goals are recorded.</p>}
            {plan.goals.map((goal) => (
              <div class="card" key={goal.id}>
                <CitedLine family={family} line={goal.line} />
                <p>
                  <strong>{goal.status.length > 1 ? 'The record disagrees: ' : ''}</strong>
                  {goal.status.length === 0 ? 'No news yet' : goal.status.join(' / ')}
                </p>
                <CitedLines family={family} lines={goal.news} />
              </div>
            ))}
          </section>
          <Actions family={family} actions={plan.actions} />
        </>
      )}
    </OfFamily>
  );
}
