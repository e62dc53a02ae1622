// SPDX-License-Identifier: Apache-2.0
import type { Analysis, Side } from '../../src/engine/protocol.js';
import type { EmbeddingRow, EmbeddingView, MapAxesName } from '../../src/report/embedding-view.js';
import type { Report } from '../../src/report/report.js';
import { wordedRows } from './row-words.js';

/** Chosen rows whose cells are fetched: as many as are listed. */
const MOST_CHOSEN = 200;

/** What opened embeddings need of the session that they are part of. */
export interface EmbeddingsHost {
  readonly report: () => Report | null;
  readonly engine: () => Analysis;
  readonly changed: () => void;
  readonly failed: (error: unknown) => void;
}

/** Embeddings of the shown report that were opened: the places of their rows, and what newest and chosen rows hold. */
export class OpenedEmbeddings {
  readonly #host: EmbeddingsHost;
  #pointed = -1;
  /** What is drawn of each, by name. */
  views: ReadonlyMap<string, EmbeddingView> = new Map();

  constructor(host: EmbeddingsHost) {
    this.#host = host;
  }

  forget(): void {
    this.views = new Map();
  }

  /** Another report is shown: its places are fetched for what was open. */
  renew(): void {
    const open = [...this.views].map(([name, { axes }]) => [name, axes] as const);
    this.forget();
    for (const [name, axes] of open) void this.open(name, axes);
  }

  async open(name: string, axes: MapAxesName = 'discriminating'): Promise<void> {
    const report = this.#host.report();
    if (report?.features.find((feature) => feature.name === name)?.embedding === undefined) return;
    try {
      const view = await this.#host.engine().embedding(name, axes);
      const typical = await this.#worded(name, view.typical, 'current');
      const missed = await this.#worded(name, view.missed ?? [], 'reference');
      if (report !== this.#host.report()) return;
      // Rows that were chosen stay so on other axes.
      const picked = this.views.get(name)?.picked ?? [];
      this.#place(name, { ...view, typical, missed, picked, ...(view.map === null ? {} : { axes }) });
    } catch (error) {
      if (report === this.#host.report()) this.#host.failed(error);
    }
  }

  /** Scored rows with what they hold, where it was kept; the highest score first. */
  async #worded(name: string, rows: readonly EmbeddingRow[], side: Side): Promise<readonly EmbeddingRow[]> {
    const scores = new Map(rows.map(({ row, score }) => [row, score]));
    const table = await this.#host.engine().rows([...scores.keys()], side);
    return table.rows.length === 0
      ? rows
      : wordedRows(table, { scores, elsewhere: new Set([name]) }).sort((a, b) => b.score - a.score);
  }

  async choose(name: string, rows: Uint32Array): Promise<void> {
    const view = this.views.get(name);
    if (view === undefined) return;
    try {
      const chosen = [...rows.subarray(0, MOST_CHOSEN)];
      // Columns that the map can be coloured by have a column in the list of chosen rows.
      const elsewhere = new Set([name, ...(view.map?.colours ?? []).map((colours) => colours.name)]);
      const picked =
        chosen.length === 0 ? [] : wordedRows(await this.#host.engine().rows(chosen), { elsewhere });
      const now = this.views.get(name);
      if (now?.map === view.map) this.#place(name, { ...now, picked });
    } catch (error) {
      this.#host.failed(error);
    }
  }

  /** Fetches what the row holds that the pointer rests on; nothing once it rests on another. */
  async point(name: string, row: number): Promise<void> {
    const view = this.views.get(name);
    if (view === undefined) return;
    this.#pointed = row;
    try {
      const elsewhere = new Set([name, ...(view.map?.colours ?? []).map((colours) => colours.name)]);
      const [hovered] = wordedRows(await this.#host.engine().rows([row]), { elsewhere });
      const now = this.views.get(name);
      if (hovered === undefined || this.#pointed !== row || now?.map !== view.map) return;
      this.#place(name, { ...now, hovered });
    } catch (error) {
      this.#host.failed(error);
    }
  }

  #place(name: string, view: EmbeddingView): void {
    this.views = new Map([...this.views, [name, view]]);
    this.#host.changed();
  }
}
