// SPDX-License-Identifier: Apache-2.0
/** Takes the place of what draws a monitor on a timeline: a standalone file has none. */
import { css, LitElement, nothing } from 'lit';

export class LiveElement extends LitElement {
  protected readonly live = { shown: null, source: null };
  name = '';
}

export const liveStyles = css``;

/** Reports do not change under a pointer. */
export class HoldController {
  readonly held = false;
}

export const heldOrder = (_before: readonly string[], wanted: readonly string[]): readonly string[] => wanted;
export const outcomeName = (): string => '';
export const alertSpans = (): readonly never[] => [];

function none(): typeof nothing {
  return nothing;
}

export {
  none as alertKey,
  none as alertMarks,
  none as annotationLines,
  none as annotationTrack,
  none as liveTimeline,
  none as outcomeHead,
  none as outcomePlot,
  none as timelineKey,
};
