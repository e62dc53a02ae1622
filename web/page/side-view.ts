// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { mark } from '../../src/components/internal/mark.js';
import { formatBytes, plural } from '../../src/components/internal/number-text.js';
import type { Side, SideInfo } from '../../src/engine/protocol.js';
import type { CsvDialect } from '../../src/sources/csv/dialect.js';
import { CUT_OFF } from '../../src/sources/cut-off.js';
import type { Loaded } from './loaded.js';
import type { Session } from './session.js';

const PREVIEW_COLUMNS = 40;
/** What the source calls texts that it reads as vectors. */
const LISTS = 'text: list of numbers';

/** What is loaded on each side, what was sniffed of it, and what went wrong: one error leaves the other side alone. */
export function sidesView(session: Session): TemplateResult {
  const { reference, current, alone } = session;
  return html`<div class="loaded">
    ${reference === null ? nothing : sideView(session, 'reference', reference)}
    ${current === null ? nothing : sideView(session, 'current', current, alone !== null)}
  </div>`;
}

function sideView(session: Session, side: Side, loaded: Loaded, alone = false): TemplateResult {
  const { info, error, opening } = loaded;
  return html`<section class="side" aria-label=${alone ? 'the file' : side} aria-busy=${opening}>
    <h2>${alone ? 'one file' : html`<i class="swatch ${side}" aria-hidden="true"></i>${side}`}</h2>
    <p class="file">${loaded.name}</p>
    ${opening ? html`<p class="quiet small" role="status">Opening…</p>` : nothing}
    ${error === undefined ? nothing : html`<p class="error" role=${session.report === null ? 'alert' : nothing}>${mark('drift')}<span>${error}</span></p>`}
    ${info === undefined ? nothing : details(session, side, info)}
  </section>`;
}

function details(session: Session, side: Side, info: SideInfo): TemplateResult {
  const rows = info.rows === undefined ? '' : `${plural(info.rows, 'row')} · `;
  const size = info.bytes > 0 ? ` · ${formatBytes(info.bytes)}` : '';
  const cut = info.notes.filter((note) => note.includes(CUT_OFF));
  return html`${cut.map((note) => html`<p class="small" role="status">${mark('watch')} The file ${note}</p>`)}
    <p class="quiet small">
      ${info.format} · ${rows}${plural(info.schema.length, 'column')}${size}${info.notes
        .filter((note) => !cut.includes(note))
        .map((note) => ` · ${note}`)
        .join('')}
    </p>
    ${groups(session, side, info)}
    <details>
      <summary>${info.dialect === undefined ? 'first rows' : 'first rows, and how they are read'}</summary>
      ${info.dialect === undefined ? nothing : dialectForm(session, side, info.dialect)}
      ${preview(info)}
    </details>`;
}

/** Columns that look like one vector are offered as one, not taken: only a person knows. */
function groups(session: Session, side: Side, { groups, schema }: SideInfo): TemplateResult | typeof nothing {
  const taken = session[side]?.options.groups ?? [];
  if (groups.length === 0 && taken.length === 0) return nothing;
  return html`<div class="form">
    ${groups.map(
      ({ prefix, from, to, dimension }) => html`<p class="small">
        ${
          from === to
            ? `${from}: texts that hold lists of ${dimension} numbers, which look like an embedding.`
            : `${from} … ${to}: ${dimension} columns that look like one embedding.`
        }
        <button type="button" @click=${() => void session.group(prefix, true)}>${from === to ? 'Compare as an embedding' : 'Compare as one'}</button>
      </p>`,
    )}
    ${taken.map((prefix) => {
      // A group of columns is named by its prefix without what separates it; texts keep their name.
      const text = schema.some(({ name, declared }) => name === prefix && declared === LISTS);
      return html`<p class="small">
        ${prefix}${text ? '' : '…'} is compared as one embedding.
        <button type="button" @click=${() => void session.group(prefix, false)}>${text ? 'As text' : 'Column by column'}</button>
      </p>`;
    })}
  </div>`;
}

function preview({ name, schema, preview }: SideInfo): TemplateResult | typeof nothing {
  if (preview.length === 0) return nothing;
  const columns = schema.slice(0, PREVIEW_COLUMNS);
  return html`<div class="scroll preview" tabindex="0" role="group" aria-label="First rows of ${name}">
    <table>
      <thead>
        <tr>${columns.map((field) => html`<th scope="col">${field.name}<br /><span class="quiet">${field.declared ?? field.type}</span></th>`)}</tr>
      </thead>
      <tbody>
        ${preview.map((row) => html`<tr>${columns.map((_, i) => html`<td>${row[i] ?? ''}</td>`)}</tr>`)}
      </tbody>
    </table>
  </div>`;
}

const DELIMITERS: readonly [string, string][] = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'bar'],
  [' ', 'space'],
  [':', 'colon'],
];
const ENCODINGS: readonly [string, string][] = [
  ['utf-8', 'UTF-8'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['latin1', 'Latin-1'],
];

/** Every fact that was sniffed, to be corrected; a change reads the file again. */
function dialectForm(session: Session, side: Side, dialect: CsvDialect): TemplateResult {
  const correct = (change: Partial<CsvDialect>): void => {
    const earlier = session[side]?.options.dialect ?? {};
    void session.redo(side, { dialect: { ...earlier, ...change } });
  };
  const choice = (
    label: string,
    value: string,
    options: readonly [string, string][],
    take: (value: string) => Partial<CsvDialect>,
  ) => {
    const all = options.some(([known]) => known === value) ? options : [...options, [value, value] as const];
    return html`<label
      >${label}<select @change=${(event: Event) => correct(take((event.target as HTMLSelectElement).value))}>
        ${all.map(([known, text]) => html`<option value=${known} ?selected=${known === value}>${text}</option>`)}
      </select></label
    >`;
  };
  return html`<div class="form">
    ${choice('delimiter', dialect.delimiter, DELIMITERS, (delimiter) => ({ delimiter }))}
    ${choice(
      'quote',
      dialect.quote,
      [
        ['"', 'double "'],
        ["'", "single '"],
        ['', 'none'],
      ],
      (quote) => ({ quote }),
    )}
    ${choice(
      'decimal',
      dialect.decimal,
      [
        ['.', 'point'],
        [',', 'comma'],
      ],
      (decimal) => ({ decimal: decimal as '.' | ',' }),
    )}
    ${choice('encoding', dialect.encoding, ENCODINGS, (encoding) => ({ encoding: encoding as CsvDialect['encoding'] }))}
    ${choice(
      'comment lines',
      dialect.comment,
      [
        ['', 'none'],
        ['#', '#'],
        ['%', '%'],
        [';', ';'],
      ],
      (comment) => ({ comment }),
    )}
    <label
      >lines before<input
        type="number"
        min="0"
        max="1000"
        .value=${String(dialect.skipRows)}
        @change=${(event: Event) => {
          const skipRows = Number((event.target as HTMLInputElement).value);
          if (Number.isInteger(skipRows) && skipRows >= 0) correct({ skipRows });
        }}
    /></label>
    <label class="inline"
      ><input
        type="checkbox"
        .checked=${dialect.header}
        @change=${(event: Event) => correct({ header: (event.target as HTMLInputElement).checked })}
      />first row names the columns</label
    >
  </div>`;
}
