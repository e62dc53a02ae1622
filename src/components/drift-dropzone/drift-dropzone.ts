// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { define } from '../define.js';
import { DriftFilesEvent } from '../events.js';
import { mark } from '../internal/mark.js';
import { tokens } from '../internal/tokens.styles.js';
import { styles } from './drift-dropzone.styles.js';
import { droppedFiles, pastedFiles } from './transfer.js';

/**
 * @summary A place to drop, pick or paste files. It reads nothing: it hands the files on in an event.
 *
 * @customElement drift-dropzone
 * @slot - What to ask for, beside the button.
 * @slot below - More below it: formats, samples.
 * @event {DriftFilesEvent} drift-files - Files were dropped, picked or pasted; `files` and `by`.
 * @csspart zone - The dashed box.
 * @csspart pick - The button.
 * @csspart veil - The frame around the page while files hover over it, with `anywhere`.
 * @csspart error - The line of an error.
 * @cssproperty --drift-current - Ink of the box while files hover.
 * @cssproperty --drift-radius - Its corners.
 */
export class DriftDropzone extends LitElement {
  static override styles = [tokens, styles];

  /** Take drops and pastes anywhere on the page, not only inside the box. */
  @property({ type: Boolean }) anywhere = false;

  /** Takes nothing while true. */
  @property({ type: Boolean, reflect: true }) disabled = false;

  /** Most files taken at once; the rest are left. */
  @property({ type: Number }) most = 64;

  /** What the button says. */
  @property() label = 'Choose files';

  /** What the file dialog offers, as in `<input accept>`. */
  @property() accept = '';

  /** What went wrong with the last files, in words. */
  @property() error = '';

  /** A smaller box. */
  @property({ type: Boolean, reflect: true }) compact = false;

  @state() private over = false;
  @query('input') private input!: HTMLInputElement;

  #target: EventTarget | undefined;
  /** dragenter and dragleave come for every child: count them. */
  #depth = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unlisten();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('anywhere') && this.isConnected) {
      this.#unlisten();
      this.#listen();
    }
  }

  /** Opens the file dialog. */
  pick(): void {
    this.input.click();
  }

  override render() {
    return html`<div class="zone ${this.over ? 'over' : ''}" part="zone">
      <div class="ask">
        <button class="pick" part="pick" ?disabled=${this.disabled} @click=${() => this.pick()}>${this.label}</button>
        <span class="hint"><slot>or drop them here, or paste</slot></span>
      </div>
      <input type="file" multiple hidden tabindex="-1" aria-hidden="true" accept=${this.accept || nothing} @change=${this.#onPick} />
      <slot name="below"></slot>
      ${this.over && this.anywhere ? html`<div class="veil" part="veil" aria-hidden="true"></div>` : nothing}
      <div role="alert">
        ${this.error === '' ? nothing : html`<p class="error" part="error">${mark('drift')}<span>${this.error}</span></p>`}
      </div>
    </div>`;
  }

  #listen(): void {
    this.#target = this.anywhere ? window : this;
    this.#target.addEventListener('dragenter', this.#onEnter);
    this.#target.addEventListener('dragover', this.#onOver);
    this.#target.addEventListener('dragleave', this.#onLeave);
    this.#target.addEventListener('drop', this.#onDrop);
    this.#target.addEventListener('paste', this.#onPaste);
  }

  #unlisten(): void {
    this.#target?.removeEventListener('dragenter', this.#onEnter);
    this.#target?.removeEventListener('dragover', this.#onOver);
    this.#target?.removeEventListener('dragleave', this.#onLeave);
    this.#target?.removeEventListener('drop', this.#onDrop);
    this.#target?.removeEventListener('paste', this.#onPaste);
    this.#target = undefined;
    this.#depth = 0;
  }

  #hasFiles(event: Event): event is DragEvent {
    return !this.disabled && ((event as DragEvent).dataTransfer?.types.includes('Files') ?? false);
  }

  #onEnter = (event: Event): void => {
    if (!this.#hasFiles(event)) return;
    event.preventDefault();
    this.#depth++;
    this.over = true;
  };

  #onOver = (event: Event): void => {
    if (!this.#hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
  };

  #onLeave = (event: Event): void => {
    if (!this.#hasFiles(event)) return;
    this.#depth = Math.max(0, this.#depth - 1);
    this.over = this.#depth > 0;
  };

  #onDrop = (event: Event): void => {
    this.#depth = 0;
    this.over = false;
    if (!this.#hasFiles(event)) return;
    event.preventDefault();
    this.#hand(droppedFiles(event.dataTransfer), 'drop');
  };

  #onPaste = (event: Event): void => {
    if (this.disabled || typesText(event)) return;
    const files = pastedFiles((event as ClipboardEvent).clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    this.#hand(files, 'paste');
  };

  #onPick = (): void => {
    const files = [...(this.input.files ?? [])];
    // The same file chosen again must count as a change.
    this.input.value = '';
    this.#hand(files, 'pick');
  };

  #hand(files: readonly File[], by: 'drop' | 'pick' | 'paste'): void {
    if (files.length === 0) return;
    const event = new DriftFilesEvent(files.slice(0, this.most), by);
    this.dispatchEvent(event);
  }
}

/** A paste into a field belongs to that field. */
function typesText(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'file' && target.type !== 'button') ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

define('drift-dropzone', DriftDropzone);

declare global {
  interface HTMLElementTagNameMap {
    'drift-dropzone': DriftDropzone;
  }
}
