// SPDX-License-Identifier: Apache-2.0
import {
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { messageOf } from '../../errors.js';
import type { Report } from '../../report/report.js';

/** The whole report in a dialog over the page. `<drift-report>` is loaded when somebody asks for one. */
export class ReportDialog implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #open = false;
  #report: Report | null = null;
  #error = '';
  #round = 0;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#close();
  }

  /** Opens at once and fills itself when the report is there; why there is none is said in it. */
  async show(ask: () => Promise<Report | null>): Promise<void> {
    const round = ++this.#round;
    this.#open = true;
    this.#report = null;
    this.#error = '';
    this.#host.requestUpdate();
    try {
      const [report] = await Promise.all([ask(), import('../drift-report/drift-report.js')]);
      if (round !== this.#round) return;
      this.#report = report;
      if (report === null) this.#error = 'There is no window to report on yet.';
    } catch (error) {
      if (round !== this.#round) return;
      this.#error = messageOf(error);
    }
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const dialog = this.#host.shadowRoot?.querySelector<HTMLDialogElement>('dialog.report');
    if (this.#open && dialog?.isConnected && !dialog.open) dialog.showModal();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#open) return nothing;
    return html`<dialog class="report" part="report" aria-label="Full report" @close=${() => this.#close()}>
      <button class="button close" autofocus @click=${() => this.#close()}>Close</button>
      <drift-report
        .report=${this.#report}
        .error=${this.#error}
        ?loading=${this.#report === null && this.#error === ''}
      ></drift-report>
    </dialog>`;
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#round++;
    this.#report = null;
    this.#host.requestUpdate();
  }
}
