/** Tools that were used, with score and band; a professional's judgement stands above the score. */
import type { ToolLine } from '../shapes';
import { CitedLine } from './CitedLine';

export function Tools({ family, tools }: { family: string; tools: readonly ToolLine[] }) {
  if (tools.length === 0) return null;
  return (
    <section class="section">
      <h2>Tools</h2>
      <div class="card">
        {tools.map((tool, index) => (
          <CitedLine
            key={index}
            family={family}
            line={tool.line}
            before={
              <strong style="display:block">
                {tool.tool}
                {tool.score !== undefined && ` ${tool.score}`}
                {tool.judgement !== undefined ? `: ${tool.judgement} (professional judgement)` : tool.band && `: ${tool.band}`}
              </strong>
            }
          />
        ))}
      </div>
    </section>
  );
}
