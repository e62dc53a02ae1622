// SPDX-License-Identifier: Apache-2.0
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { Kind, Role } from '../../src/columns/schema.js';
import { metricName } from '../../src/components/internal/words.js';
import type { DistanceName } from '../../src/distances/distance.js';
import type { FeatureReport } from '../../src/report/report.js';
import {
  type ColumnSettings,
  DEFAULT_SETTINGS,
  DEFAULT_TOLERANCES,
  type Settings,
  type ToleranceName,
  type Tolerances,
} from '../../src/verdict/settings.js';
import type { Session } from './session.js';

const NUMBER_METRICS: readonly DistanceName[] = [
  'kolmogorovSmirnov',
  'kuiper',
  'wassersteinNormalized',
  'totalVariation',
  'jensenShannon',
  'hellinger',
  'populationStability',
];
const CATEGORY_METRICS: readonly DistanceName[] = [
  'totalVariation',
  'jensenShannon',
  'hellinger',
  'populationStability',
  'lInfinity',
  'cramersV',
];
const ROLES: readonly Role[] = ['input', 'prediction', 'label', 'key', 'time', 'ignore'];
const KINDS: readonly Kind[] = ['number', 'category', 'boolean', 'time', 'text'];
const MOST_COLUMNS = 40;

/** Settings in place: every change rates again from profiles. */
export class SettingsView implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #query = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  render(session: Session): TemplateResult {
    const { settings, report } = session;
    const set = (change: Partial<Settings>): void => void session.apply({ ...settings, ...change });
    return html`<section class="settings" id="settings" aria-label="Settings">
      <div class="top">
        <h2>Settings</h2>
        <p>They say what change does not matter. The report follows at once, without reading the files again.</p>
        <button class="button" @click=${() => session.apply(DEFAULT_SETTINGS)}>Reset</button>
      </div>
      <h3>For the whole report</h3>
      <div class="form">
        ${numberField({
          label: 'false-alarm level',
          value: settings.level,
          fallback: DEFAULT_SETTINGS.level,
          least: 1e-6,
          most: 0.5,
          take: (level) => set({ level: level ?? DEFAULT_SETTINGS.level }),
        })}
        ${choice(
          'distance of numbers',
          settings.metrics.number,
          NUMBER_METRICS.map((name) => [name, metricName(name)]),
          (number) => set({ metrics: { ...settings.metrics, number: number as DistanceName } }),
        )}
        ${choice(
          'distance of categories',
          settings.metrics.category,
          CATEGORY_METRICS.map((name) => [name, metricName(name)]),
          (category) => set({ metrics: { ...settings.metrics, category: category as DistanceName } }),
        )}
        ${timeChoice(session, set)}
      </div>
      <h3>Tolerances</h3>
      <div class="tolerances">
        ${(Object.keys(DEFAULT_TOLERANCES) as (keyof typeof DEFAULT_TOLERANCES)[]).map((name) =>
          numberField({
            label: metricName(name),
            value: settings.tolerances[name],
            fallback: DEFAULT_TOLERANCES[name],
            most: 1e6,
            take: (value) => set({ tolerances: withTolerance(settings.tolerances, name, value) }),
          }),
        )}
      </div>
      ${report === null ? nothing : this.#columns(report.features, settings, set)}
    </section>`;
  }

  #columns(
    features: readonly FeatureReport[],
    settings: Settings,
    set: (change: Partial<Settings>) => void,
  ): TemplateResult {
    const query = this.#query.trim().toLowerCase();
    const matching = features.filter(({ name }) => name.toLowerCase().includes(query));
    const shown = matching.slice(0, MOST_COLUMNS);
    const change = (name: string, next: ColumnSettings): void =>
      set({ columns: withColumn(settings.columns, name, next) });
    return html`<h3>Columns</h3>
      ${
        features.length > 8
          ? html`<input
              type="search"
              placeholder="Find a column"
              aria-label="Find a column"
              @input=${(event: Event) => {
                this.#query = (event.target as HTMLInputElement).value;
                this.#host.requestUpdate();
              }}
            />`
          : nothing
      }
      <div class="scroll" tabindex="0" role="group" aria-label="Settings by column">
        <table>
          <thead>
            <tr><th scope="col">column</th><th scope="col">role</th>
              <th scope="col">compared as</th><th scope="col">main distance</th><th scope="col">tolerance</th></tr>
          </thead>
          <tbody>
            ${shown.map((feature) => columnRow(feature, settings, (next) => change(feature.name, next)))}
          </tbody>
        </table>
      </div>
      ${matching.length > shown.length ? html`<p class="quiet small">The first ${MOST_COLUMNS} of ${matching.length}: find the others by name.</p>` : nothing}`;
  }
}

function columnRow(
  { name, kind, role }: FeatureReport,
  settings: Settings,
  take: (next: ColumnSettings) => void,
): TemplateResult {
  const own = Object.hasOwn(settings.columns, name) ? (settings.columns[name] as ColumnSettings) : {};
  const metrics = metricsOf(kind);
  const usual = kind === 'number' ? settings.metrics.number : settings.metrics.category;
  const metric = own.metric ?? usual;
  const fallback =
    settings.tolerances[metric as ToleranceName] ??
    DEFAULT_TOLERANCES[metric as keyof typeof DEFAULT_TOLERANCES];
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${select(
      `Role of ${name}`,
      own.role ?? '',
      [
        ['', `${role}${own.role === undefined ? ' (inferred)' : ''}`],
        ...ROLES.map((known) => [known, known] as const),
      ],
      (value) => {
        const { role: _, ...rest } = own;
        take(value === '' ? rest : { ...rest, role: value as Role });
      },
    )}</td>
    <td>${select(
      `Kind of ${name}`,
      own.kind ?? '',
      [
        ['', own.kind === undefined ? `${kind} (inferred)` : 'inferred'],
        ...KINDS.map((known) => [known, known] as const),
      ],
      (value) => {
        const { kind: _, ...rest } = own;
        take(value === '' ? rest : { ...rest, kind: value as Kind });
      },
    )}</td>
    <td>${
      metrics.length === 0
        ? ''
        : select(
            `Main distance of ${name}`,
            own.metric ?? '',
            [
              ['', `${metricName(usual)} (default)`],
              ...metrics.map((known) => [known, metricName(known)] as const),
            ],
            (value) => {
              const { metric: _, ...rest } = own;
              take(value === '' ? rest : { ...rest, metric: value as DistanceName });
            },
          )
    }</td>
    <td>${metrics.length === 0 ? '' : numberInput({ label: `Tolerance of ${name}`, value: own.tolerances?.[metric as ToleranceName], fallback, most: 1e6, take: (value) => take({ ...own, tolerances: withTolerance(own.tolerances ?? {}, metric as ToleranceName, value) }) })}</td>
  </tr>`;
}

function metricsOf(kind: Kind): readonly DistanceName[] {
  if (kind === 'number') return NUMBER_METRICS;
  return kind === 'category' || kind === 'boolean' ? CATEGORY_METRICS : [];
}

function timeChoice({ settings, current, reference }: Session, set: (change: Partial<Settings>) => void) {
  const schema = (current?.info ?? reference?.info)?.schema ?? [];
  const names = schema.filter(({ type }) => type === 'time').map(({ name }) => name);
  const chosen = settings.time === undefined ? '' : settings.time === null ? '\0' : settings.time;
  if (names.length === 0 && chosen === '') return nothing;
  return choice(
    'time column',
    chosen,
    [['', 'inferred'], ['\0', 'none'], ...names.map((name) => [name, name] as const)],
    (value) => set({ time: (value === '' ? undefined : value === '\0' ? null : value) as string | null }),
  );
}

function withTolerance(tolerances: Tolerances, name: ToleranceName, value: number | undefined): Tolerances {
  const { [name]: _, ...rest } = tolerances;
  return value === undefined ? rest : { ...rest, [name]: value };
}

/** A copy with one column set; `defineProperty` because a column may be called "__proto__". */
function withColumn(columns: Settings['columns'], name: string, next: ColumnSettings): Settings['columns'] {
  const copy: Record<string, ColumnSettings> = {};
  const put = (key: string, value: ColumnSettings) =>
    Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  for (const [key, value] of Object.entries(columns)) put(key, value);
  put(name, next);
  return copy;
}

type Options = readonly (readonly [value: string, text: string])[];

function select(
  label: string,
  value: string,
  options: Options,
  take: (value: string) => void,
): TemplateResult {
  return html`<select aria-label=${label} @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}>
    ${options.map(([known, text]) => html`<option value=${known} ?selected=${known === value}>${text}</option>`)}
  </select>`;
}

function choice(
  label: string,
  value: string,
  options: Options,
  take: (value: string) => void,
): TemplateResult {
  return html`<div class="label"><span aria-hidden="true">${label}</span>${select(label, value, options, take)}</div>`;
}

interface NumberField {
  readonly label: string;
  readonly value: number | undefined;
  readonly fallback: number | undefined;
  readonly least?: number;
  readonly most: number;
  readonly take: (value: number | undefined) => void;
}

/** Empty means the default, which shows as a placeholder. */
function numberInput({ label, value, fallback, least = 0, most, take }: NumberField): TemplateResult {
  return html`<input
    type="number"
    min=${least}
    max=${most}
    step="any"
    aria-label=${label}
    placeholder=${fallback ?? 'none'}
    .value=${value === undefined || value === fallback ? '' : String(value)}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      if (!input.validity.valid) return;
      take(input.value === '' ? undefined : input.valueAsNumber);
    }}
  />`;
}

function numberField(field: NumberField): TemplateResult {
  return html`<div class="label"><span aria-hidden="true">${field.label}</span>${numberInput(field)}</div>`;
}
