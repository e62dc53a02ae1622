// SPDX-License-Identifier: Apache-2.0
/** Takes the place of `<drift-embedding>` in the standalone file for tables: a report made elsewhere may hold an embedding. */
import { html, LitElement } from 'lit';
import { define } from '../components/define.js';
import { tokens } from '../components/internal/tokens.styles.js';
import { ELSEWHERE } from './left-out.js';

export class DriftEmbedding extends LitElement {
  static override styles = [tokens];

  override render() {
    return html`<p class="empty">Not drawn here: ${ELSEWHERE}.</p>`;
  }
}

define('drift-embedding', DriftEmbedding);
