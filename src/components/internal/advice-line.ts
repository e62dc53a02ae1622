// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { unbroken } from './number-text.js';

/** "What to do: …"; nothing where there is nothing to say. */
export function adviceLine(advice: string): TemplateResult | typeof nothing {
  return advice === ''
    ? nothing
    : html`<p class="advice" part="advice"><b>What to do:</b> ${unbroken(advice)}</p>`;
}
