// SPDX-License-Identifier: Apache-2.0
import '../../../src/components/index.js';
import '../../../src/components/live.js';
import { clusterView } from '../../look/fixture-embedding.js';
import { snapshotOf } from '../../look/fixture-monitor.js';
import { flightsReport } from '../../look/fixture-report.js';

/** What one element drew. */
export interface Drawn {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Chart marks with a length on screen. */
  readonly marks: number;
  readonly text: string;
}

export interface ElementsOutcome {
  readonly drawn: readonly Drawn[];
  readonly errors: readonly string[];
}

const errors: string[] = [];
addEventListener('error', (event) => errors.push(event.message));
addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));

const report = flightsReport();
const [feature] = report.features;
const { features, windows } = report;
const states: readonly [keyof HTMLElementTagNameMap, object][] = [
  ['drift-badge', { rating: 'watch', label: 'flights' }],
  ['drift-dropzone', {}],
  ['drift-histogram', { feature }],
  ['drift-cdf', { feature }],
  ['drift-embedding', { name: 'features', ...clusterView(600, 480) }],
  ['drift-feature', { feature }],
  ['drift-features', { features }],
  ['drift-timeline', { features, windows }],
  ['drift-report', { report }],
  ['drift-alerts', { snapshot: snapshotOf() }],
  ['drift-system', { snapshot: snapshotOf() }],
  ['drift-monitor', { snapshot: snapshotOf(), open: true }],
];
const elements = states.map(([name, state]) => {
  const element = Object.assign(document.createElement(name), state);
  document.body.append(element);
  return element;
});
// Charts draw once they know their width.
await new Promise((resolve) => setTimeout(resolve, 1_000));
const outcome: ElementsOutcome = { drawn: elements.map(drawnBy), errors };
await fetch('/outcome', { method: 'POST', body: JSON.stringify(outcome) });

function drawnBy(element: HTMLElement): Drawn {
  const { width, height } = element.getBoundingClientRect();
  const paths = everyNode(element).filter(
    (node): node is SVGPathElement => node instanceof SVGPathElement && node.getTotalLength() > 1,
  );
  return { name: element.localName, width, height, marks: paths.length, text: textOf(element) };
}

/** Shadow roots included. */
function everyNode(root: Element): Element[] {
  const children = [...(root.shadowRoot?.querySelectorAll('*') ?? [])];
  return children.flatMap((child) => [child, ...(child.shadowRoot ? everyNode(child) : [])]);
}

function textOf(root: Element): string {
  return [root, ...everyNode(root)]
    .flatMap((node) => (node.shadowRoot ? [...node.shadowRoot.children] : []))
    .filter(({ localName }) => localName !== 'style')
    .map(({ textContent }) => textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}
