// SPDX-License-Identifier: Apache-2.0
/** All that elements draw of a report, of an embedding and of a monitor, and what the page's policy forbade them. */
import { DriftEmbedding, DriftReport } from '../../../src/components/index.js';
import { DriftMonitor } from '../../../src/components/live.js';
import { clusterView } from '../../look/fixture-embedding.js';
import { snapshotOf } from '../../look/fixture-monitor.js';
import { mixedReport } from '../../look/fixture-report.js';

const forbidden: string[] = [];
addEventListener('securitypolicyviolation', (event) =>
  forbidden.push(`${event.effectiveDirective} ${event.sample}`),
);

const report = new DriftReport();
report.report = mixedReport();
const embedding = Object.assign(new DriftEmbedding(), { name: 'pixels', ...clusterView(200, 200) });
const monitor = new DriftMonitor();
monitor.snapshot = snapshotOf();
monitor.open = true;
document.body.append(report, embedding, monitor);
await Promise.all([report.updateComplete, embedding.updateComplete, monitor.updateComplete]);
// What waits for the size of its box is drawn in a later frame.
await new Promise((resolve) => setTimeout(resolve, 500));

document.body.dataset['outcome'] = JSON.stringify({ forbidden, styled: styled(document) });

/** Elements that a template gave a style, however deep: none of them would show that nothing was drawn. */
function styled(root: Document | ShadowRoot): number {
  let count = 0;
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (element.style.length > 0) count++;
    if (element.shadowRoot) count += styled(element.shadowRoot);
  }
  return count;
}
