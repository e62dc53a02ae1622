// SPDX-License-Identifier: Apache-2.0
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { MonitorSource } from '../../monitor/follow.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import { LiveController } from './live-controller.js';

/** What every element that draws a monitor takes: the monitor itself, its name, or one snapshot. */
export class LiveElement extends LitElement {
  /** The monitor to show, or another source of snapshots. */
  @property({ attribute: false, noAccessor: true })
  get monitor(): MonitorSource | null {
    return this.live.source;
  }
  set monitor(monitor: MonitorSource | null) {
    this.live.source = monitor;
  }

  /** Follow the monitor of this name, on this page or in another tab of it. */
  @property({ noAccessor: true })
  get name(): string {
    return this.live.name;
  }
  set name(name: string) {
    this.live.name = name ?? '';
  }

  /** One snapshot, where there is no monitor at hand. */
  @property({ attribute: false, noAccessor: true })
  get snapshot(): MonitorSnapshot | null {
    return this.live.latest;
  }
  set snapshot(snapshot: MonitorSnapshot | null) {
    this.live.offer(snapshot);
  }

  /** @internal */
  protected readonly live = new LiveController(this);
}
