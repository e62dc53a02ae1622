// SPDX-License-Identifier: Apache-2.0
import type { Alert, AlertOptions } from '../../alert.js';
import { AlertBook } from '../alert-book.js';
import { type Change, evidenceOf, makeWorld, type WindowOptions, type World } from './windows.js';

/** Feeds a book one window an hour and keeps what it tells. */
export class Stream {
  readonly told: Alert[] = [];
  at = 0;
  book: AlertBook;
  readonly world: World;

  constructor(options: AlertOptions = {}, of = makeWorld()) {
    this.book = new AlertBook(options);
    this.world = of;
  }

  pass(windows: number, change: Change = {}, options: Partial<WindowOptions> = {}): this {
    for (let i = 0; i < windows; i++) {
      const current = this.world.window(500, change);
      this.told.push(...this.book.judge(evidenceOf(this.world, current, { at: this.at++, ...options })));
    }
    return this;
  }

  get states(): string[] {
    return this.told.map(({ state, subject }) => `${subject.name} ${state}`);
  }
}
