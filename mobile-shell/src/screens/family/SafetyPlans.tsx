/** Safety plans in force. Who must not learn of them comes before anything else. */
import { Notice } from '../frame/Notice';
import type { SafetyPlanLines } from '../shapes';
import { CitedLines } from './CitedLine';

export function SafetyPlans({ family, plans, level = 2 }: { family: string; plans: readonly SafetyPlanLines[]; level?: 2 | 3 }) {
  if (plans.length === 0) return null;
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class="section">
      <Heading>Safety plan</Heading>
      {plans.length > 1 && <p>Two safety plans are in force: they were agreed without knowing of each other.</p>}
      {plans.map((plan) => (
        <div class="card" key={plan.id}>
          {plan.mustNotBeSharedWith.length > 0 && (
            <Notice kind="error" heading={`Must not be shared with ${plan.mustNotBeSharedWith.join(' or ')}`}>
              <p>Do not speak of it when they may hear, and do not leave it where they may see it.</p>
            </Notice>
          )}
          <CitedLines family={family} lines={plan.lines} />
        </div>
      ))}
    </section>
  );
}
