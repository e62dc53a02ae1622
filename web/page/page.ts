// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../src/components/drift-dropzone/drift-dropzone.js';
import '../../src/components/drift-report/drift-report.js';
import { define } from '../../src/components/define.js';
import type {
  DriftAxesEvent,
  DriftFilesEvent,
  DriftOpenEvent,
  DriftPointEvent,
  DriftSelectEvent,
} from '../../src/components/events.js';
import { mark } from '../../src/components/internal/mark.js';
import { plural } from '../../src/components/internal/number-text.js';
import { furniture, tokens } from '../../src/components/internal/tokens.styles.js';
import { DEFAULT_SETTINGS } from '../../src/verdict/settings.js';
import { brand, brandStyles } from '../parts/brand.js';
import { assignmentView } from './assignment-view.js';
import { emptyView } from './empty-view.js';
import { download, exportMenu } from './export-view.js';
import { linkHash, readHash } from './link.js';
import { styles } from './page.styles.js';
import { progressView } from './progress-view.js';
import { fetchSample, type Sample, samples } from './samples.js';
import type { Session } from './session.js';
import { settingsStyles } from './settings.styles.js';
import { SettingsView } from './settings-view.js';
import { sidesView } from './side-view.js';
import { splitView } from './split-view.js';
import { stageStyles } from './stage.styles.js';

/** The page: files come in, a report comes out. All state that matters lives in the session; this draws it. */
export class DriftPage extends LitElement {
  static override styles = [tokens, furniture, brandStyles, stageStyles, settingsStyles, styles];

  @property({ attribute: false }) session: Session | null = null;

  @state() private settingsOpen = false;
  @state() private fetching = '';
  @state() private copied = false;
  @state() private sample = '';

  #settings = new SettingsView(this);
  #fetch: AbortController | null = null;

  constructor() {
    super();
    // Files over the page, or a press on it while it is empty: the engine starts before they are there.
    this.addEventListener('pointerdown', this.#prepare);
    // A press anywhere else closes an open menu.
    this.addEventListener('pointerdown', (event) => {
      const menu = this.renderRoot.querySelector('details.menu[open]');
      if (menu !== null && !event.composedPath().includes(menu)) menu.removeAttribute('open');
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('dragenter', this.#prepare);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('dragenter', this.#prepare);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('session') || this.session === null) return;
    const { session } = this;
    session.onChange = () => this.requestUpdate();
    const link = readHash(location.hash);
    session.settings = link.settings;
    const sample = samples.find(({ id }) => id === link.sample);
    if (sample !== undefined) void this.#openSample(sample);
  }

  protected override updated(): void {
    const { report } = this.session ?? {};
    document.title = report ? `${report.headline.title} · driftglass` : 'driftglass';
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    return html`${this.#header(session)}
      <main>
        ${
          session.error === ''
            ? nothing
            : html`<p class="trouble" role="alert">
                ${mark('drift')}<span>${session.error}</span>
                <button class="button" @click=${() => this.#dismiss(session)}>Dismiss</button>
              </p>`
        }
        ${stillShown(session)} ${this.#stage(session)}
      </main>
      <p class="visually-hidden" role="status">${session.report !== null && session.busy === null ? `Report: ${session.report.headline.title}` : ''}</p>
      <footer class="colophon">Everything is computed here, in this tab. Nothing is uploaded.</footer>`;
  }

  #header(session: Session): TemplateResult {
    const { report, reference, current } = session;
    return html`<header>
      <button class="word" title="Start again" @click=${() => this.#reset(session)}>
        ${brand}
      </button>
      <div class="pair">
        ${
          report === null
            ? nothing
            : html`<span><i class="swatch"></i><span><b>${report.reference.name}</b> ${plural(report.reference.rows, 'row')}</span></span>
                <span><i class="swatch current"></i><span><b>${report.current.name}</b> ${plural(report.current.rows, 'row')}</span></span>`
        }
      </div>
      ${
        report === null
          ? nothing
          : html`<div class="actions">
              ${reference !== null && current !== null && reference.info?.format !== 'baseline' ? html`<button class="button" @click=${() => session.swap()}>Swap</button>` : nothing}
              <button
                class="button"
                aria-expanded=${this.settingsOpen}
                aria-controls="settings"
                @click=${() => (this.settingsOpen = !this.settingsOpen)}
              >
                Settings
              </button>
              ${exportMenu({
                copied: this.copied,
                onExport: (kind) => void this.#export(session, kind),
                onCopy: () => void this.#copyLink(session),
              })}
            </div>`
      }
    </header>`;
  }

  #stage(session: Session): TemplateResult {
    const { report, reference, current, pending } = session;
    const nothingYet = reference === null && current === null && pending.length === 0 && this.fetching === '';
    const zone = (compact: boolean) => html`<drift-dropzone
      anywhere
      ?compact=${compact}
      label=${compact ? 'Add files' : 'Choose files'}
      @drift-files=${(event: DriftFilesEvent) => this.#take(session, event.files)}
      >${dropWords(session)}</drift-dropzone
    >`;
    if (nothingYet) {
      return emptyView({ zone: zone(false), samples, onSample: (sample) => void this.#openSample(sample) });
    }
    return html`
      ${this.fetching === '' ? nothing : progressView({ title: `Fetching ${this.fetching}`, progress: null, onCancel: () => this.#cancel(session) })}
      ${pending.length > 0 ? assignmentView(session) : nothing}
      ${session.busy === 'comparing' ? progressView({ title: 'Comparing', progress: session.progress, onCancel: () => this.#cancel(session) }) : nothing}
      ${report === null ? before(session) : nothing}
      ${report !== null && this.settingsOpen ? this.#settings.render(session) : nothing}
      ${
        report === null
          ? nothing
          : html`<drift-report
                .report=${report}
                .embeddings=${session.embeddings}
                ?loading=${session.busy !== null}
                without-sides
                @drift-open=${(event: DriftOpenEvent) => event.open && void session.openEmbedding(event.feature)}
                @drift-point=${(event: DriftPointEvent) => void session.point(event.feature, event.row)}
                @drift-axes=${(event: DriftAxesEvent) => void session.openEmbedding(event.feature, event.axes)}
                @drift-select=${(event: DriftSelectEvent) => void session.choose(event.feature, event.rows)}
              ></drift-report>
              <h2 class="data">Data</h2>
              ${sidesView(session)}${splitView(session)}`
      }
      ${this.fetching === '' ? zone(true) : nothing}
    `;
  }

  #prepare = (): void => {
    const { session } = this;
    if (session?.reference === null && session.current === null) session.prepare();
  };

  #take(session: Session, files: readonly File[]): void {
    this.sample = '';
    // What becomes of them is told above the report; the button is below it.
    if (session.report !== null) scrollTo({ top: 0 });
    void session.add(files);
  }

  #cancel(session: Session): void {
    this.#fetch?.abort();
    session.cancel();
  }

  #dismiss(session: Session): void {
    session.error = '';
    this.requestUpdate();
  }

  #reset(session: Session): void {
    this.#fetch?.abort();
    this.sample = '';
    this.settingsOpen = false;
    session.settings = DEFAULT_SETTINGS;
    session.reset();
    history.replaceState(null, '', location.pathname + location.search);
  }

  async #openSample(sample: Sample): Promise<void> {
    const { session } = this;
    if (session === null) return;
    const abort = new AbortController();
    this.#fetch?.abort();
    this.#fetch = abort;
    this.fetching = sample.title;
    session.error = '';
    session.prepare(sample.files.map(({ name }) => name));
    try {
      const files = await fetchSample(sample, abort.signal);
      this.fetching = '';
      this.sample = sample.id;
      const [file] = files;
      if (sample.split === undefined) await session.add(files);
      else if (file !== undefined) await session.openSplit(file, sample.split);
    } catch (error) {
      if (!abort.signal.aborted) session.fail(error);
    } finally {
      if (this.#fetch === abort) this.fetching = '';
    }
  }

  async #export(session: Session, kind: 'json' | 'csv' | 'html' | 'baseline'): Promise<void> {
    const blob = await session.exportAs(kind);
    if (blob !== null) download(blob, kind, session);
  }

  async #copyLink(session: Session): Promise<void> {
    const hash = linkHash({ settings: session.settings, sample: this.sample });
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash);
    try {
      await navigator.clipboard.writeText(location.href);
      this.copied = true;
      setTimeout(() => (this.copied = false), 2000);
    } catch {
      session.fail(new Error('the clipboard is not allowed here; the link is in the address bar'));
    }
  }
}

/** A file that cannot be read leaves the earlier report: both are said above it, since the sides are below. */
function stillShown({ report, reference, current }: Session): TemplateResult | typeof nothing {
  const errors = [reference?.error, current?.error].filter((error) => error !== undefined);
  if (report === null || errors.length === 0) return nothing;
  return html`<p class="trouble" role="alert">
    ${mark('drift')}<span>${errors.join('; ')}. The report is still that of ${report.reference.name} and ${report.current.name}.</span>
  </p>`;
}

/** Before the first report: what was loaded, what failed, and what is still wanted. */
function before(session: Session): TemplateResult {
  const { reference, current } = session;
  const failed = [reference, current].filter((side) => side?.error !== undefined).length;
  const title =
    failed === 0
      ? ''
      : failed === 2
        ? 'Neither file could be read.'
        : reference === null
          ? 'That file could not be read.'
          : 'One of the two files could not be read.';
  return html`${title === '' ? nothing : html`<h1>${title}</h1>`} ${session.busy === null ? splitView(session) : nothing}
    ${sidesView(session)}`;
}

function dropWords({ alone, reference, current, report, pending }: Session): string {
  if (pending.length > 0) return 'or drop others instead';
  if (reference?.error !== undefined || current?.error !== undefined)
    return 'or drop another file in place of the one that failed';
  if (alone !== null && report === null) return `or drop the file to compare ${alone.name} with`;
  if (report !== null) return 'a file replaces the current data; two files replace both';
  return 'or drop one or two anywhere on this page, or paste';
}

define('drift-page', DriftPage);

declare global {
  interface HTMLElementTagNameMap {
    'drift-page': DriftPage;
  }
}
