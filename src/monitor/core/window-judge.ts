// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import { decodeProfile, encodeProfile } from '../../profile/codec.js';
import type { Profile } from '../../profile/parts.js';
import type { RatedSummary } from '../../verdict/rated-report.js';
import type { Settings } from '../../verdict/settings.js';
import type { Rating } from '../../verdict/verdict.js';
import type { WindowFacts, WindowVerdict } from '../window-verdict.js';
import type { ArrivedLabels } from './arrived-labels.js';
import { type ClosedWindow, idsOf, sumOf } from './block.js';
import type { Judge, JudgeInput, Reference } from './judge.js';
import type { Judged } from './judged.js';
import { type NewShare, newShareOf } from './new-share.js';
import type { References } from './references.js';
import type { SeenColumns } from './seen-columns.js';
import type { Thinning } from './thinning.js';
import { unjudged, windowVerdictOf } from './window-verdict-of.js';

/** A window that was judged, with all that others want of it. */
export interface JudgedWindow extends NewShare {
  readonly closed: ClosedWindow;
  readonly profile: Profile;
  /** The profile as the store keeps it. */
  readonly encoded: Uint8Array<ArrayBuffer>;
  /** What it was compared with; null where it was not. */
  readonly reference: Reference | null;
  readonly judged: Judged | null;
  readonly verdict: WindowVerdict;
  readonly settings: Settings;
}

/** A report is seldom asked for, and a profile is several times smaller as the store keeps it. */
interface KeptInput extends Pick<JudgeInput, 'reference' | 'settings'> {
  readonly current: Omit<JudgeInput['current'], 'profile'>;
  readonly encoded: Uint8Array<ArrayBuffer>;
}

/** What is kept of the latest judged window of a kind. */
interface LatestWindow {
  readonly verdict: WindowVerdict;
  /** What it was judged from, which is smaller than what came of it; null where it was not compared. */
  readonly input: KeptInput | null;
  /** Of its blocks the ids alone: a window that was put together of many has as many profiles. */
  readonly blocks: ReadonlySet<number>;
}

/** A window as it ended, and by how much its mixture over time may be off. */
interface MeasuredWindow extends Pick<JudgedWindow, 'closed' | 'profile' | 'encoded'> {
  readonly facts: WindowFacts;
  readonly uneven: number;
}

interface Outcome
  extends Pick<JudgedWindow, 'reference' | 'judged' | 'verdict' | 'settings'>,
    Pick<LatestWindow, 'input'> {}

/** What windows are judged by at the time. */
export interface Grounds {
  readonly references: References;
  readonly seen: SeenColumns;
  /** As the app has them. */
  readonly settings: Settings;
  /** null where labels do not come by themselves. */
  readonly labels: ArrivedLabels | null;
  readonly thinning: Thinning;
}

/**
 * Rows that are left out more at some times than at others change the mixture of a window: beyond the first share it is said, beyond
 * the second, which is the default tolerance of most distances, the window is not rated.
 */
const TOLD = 0.03;
const TOO_UNEVEN = 0.1;
const NONE: ReadonlySet<number> = new Set();

/** From a window that has ended to what is said of it. */
export class WindowJudge {
  readonly #judge: Judge;
  readonly #frame: Frame;
  /** By kinds of windows. */
  readonly #latest = new Map<string, LatestWindow>();
  /** Makes ids of windows differ. */
  sequence = 0;

  constructor(judge: Judge, frame: Frame) {
    this.#judge = judge;
    this.#frame = frame;
  }

  /** Whether a window of this kind has ended, compared or not. */
  has(label: string): boolean {
    return this.#latest.has(label);
  }

  /** The latest window of a kind as it was compared: judged once more, to the same end. Null where it was not. */
  async again(label: string): Promise<(Pick<JudgeInput, 'settings'> & { readonly judged: Judged }) | null> {
    const input = this.#latest.get(label)?.input ?? null;
    if (input === null) return null;
    const { reference, settings, encoded } = input;
    const current = { ...input.current, profile: decodeProfile(encoded, this.#frame) };
    return { settings, judged: await this.#judge.judge({ reference, current, settings }) };
  }

  async judge(closed: ClosedWindow, grounds: Grounds): Promise<JudgedWindow> {
    const { references, thinning } = grounds;
    const { label } = closed.plan;
    const { profile } = sumOf(closed.blocks);
    const encoded = new Uint8Array(encodeProfile(profile));
    const before = this.#latest.get(label) ?? null;
    const facts = this.#facts(closed, profile);
    const found = references.of(closed);
    const uneven = facts.skipped === 0 ? 0 : thinning.unevenness(closed.start, closed.end);
    const { input, ...result } =
      found === null || uneven > TOO_UNEVEN
        ? notCompared(facts, grounds, found === null ? null : uneven)
        : await this.#compared({ closed, facts, profile, encoded, uneven }, found, grounds);
    const { verdict } = result;
    this.#latest.set(label, { verdict, input, blocks: new Set(closed.blocks.flatMap(idsOf)) });
    return { closed, profile, encoded, ...result, ...newShareOf(before?.blocks ?? NONE, closed) };
  }

  async #compared(
    { closed, facts, profile, encoded, uneven }: MeasuredWindow,
    found: Reference,
    { seen, labels, settings: asked }: Grounds,
  ): Promise<Outcome> {
    const { label } = closed.plan;
    const reference = labels?.referenceOf(found) ?? found;
    const current = { name: label, schema: seen.schema(asked) };
    const obstacle = labels?.obstacle(reference.profile, profile) ?? null;
    const settings = seen.settings(asked, obstacle === null ? labels?.name : null);
    const judged = await this.#judge.judge({ reference, current: { ...current, profile }, settings });
    const verdict = windowVerdictOf(judged, {
      window: facts,
      settings,
      rating: ratingBeside(labels?.name ?? null, judged.rated.summary),
      before: this.#latest.get(label)?.verdict ?? null,
      note: [
        ...(closed.merged > 1 ? [`(${closed.merged} windows that ended at once, judged together.)`] : []),
        ...(uneven > TOLD ? [`(Of this window ${leftOut(facts, uneven)}.)`] : []),
      ].join(' '),
      ...(labels !== null && obstacle !== null && { reasons: new Map([[labels.name, obstacle]]) }),
    });
    return { reference, judged, verdict, settings, input: { reference, current, settings, encoded } };
  }

  #facts({ plan, start, end, late, version }: ClosedWindow, profile: Profile): WindowFacts {
    return {
      // In base 36, since V8 keeps the texts of decimal numbers, and from some number on takes 64 kB for them.
      id: `${plan.label}/${start}/${(this.sequence++).toString(36)}`,
      spec: plan.label,
      start,
      end,
      rows: profile.rows,
      skipped: profile.skipped,
      late,
      version,
    };
  }
}

/** `uneven`: null where it is the reference that is missing. */
function notCompared(
  facts: WindowFacts,
  { references, seen, settings }: Grounds,
  uneven: number | null,
): Outcome {
  const reason =
    uneven === null
      ? `Not compared: there is no reference for it yet (${references.label}).`
      : `Not compared: ${leftOut(facts, uneven)}.`;
  const verdict = unjudged(facts, reason, references.label);
  return { reference: null, judged: null, verdict, settings: seen.settings(settings), input: null };
}

function leftOut({ rows, skipped }: WindowFacts, uneven: number): string {
  const share = Math.round((100 * skipped) / (rows + skipped));
  return (
    `${share} % of the rows were left out, at some times more than at others, ` +
    `which by itself can shift a feature by up to ${uneven.toFixed(2)}`
  );
}

/** Of a whole window: where nothing but the label is unknown, because few labels came, the window is not. */
function ratingBeside(label: string | null, { rating, unknown, stable }: RatedSummary): Rating {
  if (rating !== 'unknown' || unknown.length !== 1 || unknown[0] !== label) return rating;
  return stable.length > 0 ? 'stable' : 'notRated';
}
