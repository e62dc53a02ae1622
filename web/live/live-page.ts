// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import '../../src/components/drift-monitor/drift-monitor.js';
import { define } from '../../src/components/define.js';
import { formatCount } from '../../src/components/internal/number-text.js';
import { furniture, tokens } from '../../src/components/internal/tokens.styles.js';
import { brand, brandStyles } from '../parts/brand.js';
import { codeView } from './code-view.js';
import { styles } from './live-page.styles.js';
import { widths } from './live-page.widths.styles.js';
import { FIRST, LAST, type LiveSession, SPEEDS } from './live-session.js';
import { clockText } from './time-words.js';
import { latestWords, trialsView } from './trials-view.js';

/** The clock and the counts are drawn so often, in ms. */
const DRAW_MS = 120;
const MONTHS = ['Feb', 'Mar', 'Apr', 'May', 'Jun'];

/** A model at work, its monitor, and ways to break its inputs. All state is in the session; this draws it. */
export class DriftLive extends LitElement {
  static override styles = [tokens, furniture, brandStyles, styles, widths];

  @property({ attribute: false }) session: LiveSession | null = null;

  #frame = 0;
  #drawnAt = 0;
  /** The timer of the session's next piece of work. */
  #work: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#frame = requestAnimationFrame(this.#onFrame);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#work);
    this.#work = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('session') && this.session !== null) this.session.onChange = () => this.requestUpdate();
  }

  override render() {
    const { session } = this;
    if (session === null) return nothing;
    return html`<header>
        <a class="word" href="./index.html">
          ${brand}
        </a>
        <a class="back" href="./index.html">Compare two files</a>
      </header>
      <main>
        <div class="left">
          <div class="side">
            <h1>A model at work</h1>
            <p class="lead">
              It says which flights will arrive over 15 minutes late, with TensorFlow.js, in this tab. It learnt from January
              2001 and now sees February to June; the truth comes a day later.
            </p>
            ${this.#stream(session)} ${this.#breaks(session)} ${trialsView(session)}
            <p class="visually-hidden" role="status">${latestWords(session.trials)}</p>
          </div>
          ${codeView()}
        </div>
        <div class="stage">${this.#monitor(session)}</div>
      </main>`;
  }

  #stream(session: LiveSession): TemplateResult {
    const { state, clock, rows, speed } = session;
    const isBusy = state === 'loading' || state === 'failed';
    return html`<section class="stream" aria-label="Stream">
      <div class="now">
        <p class="clock"><time datetime=${new Date(clock).toISOString()}>${clockText(clock)}</time></p>
        <p class="quiet">${`${formatCount(rows)} flights`}</p>
      </div>
      <div class="months" aria-hidden="true">
        <i class="done" style="transform:scaleX(${(clock - FIRST) / (LAST - FIRST)})"></i>
        ${MONTHS.map((month) => html`<span>${month}</span>`)}
      </div>
      <div class="buttons">
        ${
          state === 'ended'
            ? html`<button class="button primary" @click=${() => void session.reset()}>Play again</button>`
            : html`<button
                class="button primary"
                ?disabled=${isBusy}
                @click=${() => (state === 'playing' ? session.pause() : session.play())}
              >
                ${state === 'playing' ? 'Pause' : state === 'loading' ? 'Loading' : 'Play'}
              </button>`
        }
        <label
          >Speed
          <select class="button" @change=${(event: Event) => this.#setSpeed(session, event)}>
            ${SPEEDS.map(({ name }, i) => html`<option value=${i} .selected=${name === speed.name}>${name}</option>`)}
          </select></label
        >
        <button class="button" ?disabled=${isBusy} @click=${() => void session.reset()}>Reset</button>
      </div>
      ${session.error === '' ? nothing : html`<p class="trouble" role="alert">${session.error}</p>`}
      ${session.problems.filter((problem) => problem !== session.error).map((problem) => html`<p class="quiet told">${problem}</p>`)}
    </section>`;
  }

  #breaks(session: LiveSession): TemplateResult {
    const { broken, breaks, state } = session;
    return html`<section class="breaks" aria-labelledby="breaks">
      <h2 id="breaks">Break it</h2>
      <div>
        ${breaks.map(
          (one) =>
            html`<button
              title=${one.sentence}
              aria-pressed=${one === broken}
              ?disabled=${state === 'loading' || state === 'failed' || state === 'ended'}
              @click=${() => (one === broken ? session.end() : session.begin(one))}
            >
              <b>${one.title}</b><span>${one.detail}</span>
            </button>`,
        )}
      </div>
    </section>`;
  }

  #monitor({ monitor, state }: LiveSession): TemplateResult {
    if (monitor === null)
      return html`<p class="quiet">${state === 'failed' ? 'There is nothing to watch.' : 'Loading the model and the flights …'}</p>`;
    return html`<drift-monitor open .monitor=${monitor}></drift-monitor>`;
  }

  #setSpeed(session: LiveSession, event: Event): void {
    const chosen = SPEEDS[Number((event.target as HTMLSelectElement).value)];
    if (chosen !== undefined) session.setSpeed(chosen);
  }

  #onFrame = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#onFrame);
    const { session } = this;
    if (session === null || session.state !== 'playing') return;
    // After the frame, so that it is not late for the model's sake, and one at a time among the timers, so that what the
    // adapter has put off has its turn between two of them.
    this.#work ??= setTimeout(() => {
      this.#work = undefined;
      session.frame(performance.now());
    });
    if (now - this.#drawnAt < DRAW_MS) return;
    this.#drawnAt = now;
    this.requestUpdate();
  };
}

define('drift-live', DriftLive);

declare global {
  interface HTMLElementTagNameMap {
    'drift-live': DriftLive;
  }
}
