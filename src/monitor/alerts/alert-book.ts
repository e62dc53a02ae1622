// SPDX-License-Identifier: Apache-2.0
/**
 * Decides which verdicts reach a person. At most one alert is open for a subject, whatever kinds of windows see it: the
 * kind that raised it keeps it, and alone says when it is over. docs/alerts.md tells the rule and what was measured.
 */
import { checkAdvice } from '../../verdict/advice/overall-advice.js';
import { DEFAULT_SETTINGS, type Settings } from '../../verdict/settings.js';
import { resolveTolerance } from '../../verdict/tolerance.js';
import type { Check } from '../../verdict/verdict.js';
import type { Alert, AlertOptions, AlertSubject } from '../alert.js';
import { milliseconds } from '../durations.js';
import { brokenFeatures, checkSubject, isFact, isTold } from './check-subjects.js';
import type { SubjectEvidence, WindowEvidence } from './evidence.js';
import { findDrift, type GateOptions, isClear, windowsIn } from './feature-gate.js';
import {
  type FeatureMemory,
  type FeatureUnits,
  type Finding,
  NOTHING_REMEMBERED,
  windowsOf,
} from './feature-units.js';
import type { Question } from './questions.js';
import { keyOf, Register, type SavedRegister, type Told } from './register.js';
import { type SavedSayings, Sayings } from './sayings.js';
import { type SavedSeries, UnitSeries } from './unit-series.js';
import { adviceFor, checkWords, featureWords, recoveredWords } from './words.js';

/** One false alert in so many windows, over all features. */
const FALSE_ALERTS = 1e-4;
/** Longest persistence and recovery, in windows: as many as are remembered of windows that overlap. */
const MOST_WINDOWS = 48;
/** Kinds of windows that are remembered. */
const MOST_SPECS = 16;
/** A number is clearly better when it is under its threshold by this share of it. */
const CLEARLY = 0.3;
/** What is simply so (a column is missing) is told after two windows. */
const FACT = { k: 2, of: 2 } as const;
/** Windows of another reference in which an alert would have been found again. */
const SETTLED = 11;
/** Windows are sums of shares of rows: a hair of rounding is none. */
const HAIR = 1e-6;

interface Kind {
  readonly series: UnitSeries;
  readonly memories: Map<string, FeatureMemory>;
}

interface Saved {
  readonly format: 1;
  readonly kinds: readonly {
    readonly spec: string;
    readonly series: SavedSeries;
    readonly memories: ReadonlyMap<string, FeatureMemory>;
  }[];
  readonly sayings: SavedSayings;
  readonly register: SavedRegister;
}

export class AlertBook {
  readonly #k: number;
  readonly #of: number;
  readonly #recovery: number;
  readonly #kinds = new Map<string, Kind>();
  readonly #specs: readonly string[];
  readonly #register: Register;
  /** Of checks, and of subjects beside features. */
  readonly #sayings: Sayings;

  /** `saved`: what `save` gave; anything else is passed over, and the book begins empty. `specs`: kinds of windows to make room for. */
  constructor(options: AlertOptions, saved?: unknown, specs: readonly string[] = []) {
    this.#specs = specs;
    const { k, of } = options.persistence ?? { k: 3, of: 5 };
    this.#of = within(of, MOST_WINDOWS, 5);
    this.#k = within(k, this.#of, Math.min(3, this.#of));
    this.#recovery = within(options.recovery ?? 3, MOST_WINDOWS, 3);
    const state = isSaved(saved) ? saved : undefined;
    this.#register = new Register(
      milliseconds(options.remindEvery ?? '1d', 'alerts.remindEvery'),
      state?.register,
    );
    this.#sayings = new Sayings(this.#register, this.#recovery, state?.sayings);
    for (const { spec, series, memories } of state?.kinds ?? [])
      this.#kinds.set(spec, { series: new UnitSeries(series), memories: new Map(memories) });
  }

  /** Takes a judged window, in the order in which windows end, and returns the alerts to tell now. */
  judge(evidence: WindowEvidence): readonly Alert[] {
    const { verdict, frame, settings = DEFAULT_SETTINGS } = evidence;
    const told = this.#judgeChecks(evidence);
    const kind = this.#kindOf(verdict.window.spec);
    if (kind === undefined) return told;
    const before = kind.series.plan;
    const closed = kind.series.add(evidence);
    const { plan, units } = kind.series;
    if (before !== null && plan !== before) this.#forgetKind(verdict.window.spec, kind);
    if (plan === null) return told;
    for (const spec of this.#specs) this.#kindOf(spec)?.series.reserve(plan);
    if (!closed) return told;
    const slots = kind.series.referenceSlots(evidence);
    const usual = kind.series.usualNoise();
    const together = kind.series.noiseTogether(slots, evidence);
    const { tellsTogether } = kind.series;
    const questions = plan.features.reduce((sum, feature) => sum + feature.questions.length, 0);
    const broken = brokenFeatures(verdict.checks);
    const frames = new Map(frame.features.map((feature) => [feature.name, feature.frame]));
    plan.features.forEach((feature, index) => {
      if (broken.has(feature.name)) return;
      const held = windowsOf(feature, units);
      if (held.at(-1) !== units.at(-1)) return;
      const memory = kind.memories.get(feature.name) ?? NOTHING_REMEMBERED;
      const own = frames.get(feature.name);
      const embedding = own?.kind === 'embedding' ? own : null;
      const known = {
        feature,
        embedding,
        index,
        units: held,
        reference: slots,
        memory,
        usual,
        together,
        tellsTogether,
      };
      const options = {
        k: this.#k,
        of: this.#of,
        level: FALSE_ALERTS / questions,
        tolerance: toleranceOf(settings, feature.name),
      };
      const alert = this.#judgeFeature(known, options, evidence);
      if (alert !== undefined) told.push(alert);
    });
    return told;
  }

  /** The same for realized performance, business metrics and the system. */
  judgeSubject(evidence: SubjectEvidence): readonly Alert[] {
    const { subject, spec, start, end, value, low, threshold, overlap = 0, sentence, advice } = evidence;
    const alert = this.#sayings.say(subject, {
      spec,
      start,
      at: end,
      weight: 1 - overlap,
      value,
      threshold,
      speaks: low > threshold,
      clear: value <= threshold - CLEARLY * Math.abs(threshold),
      sentence,
      advice,
      k: this.#k,
      of: this.#of,
    });
    return alert === undefined ? [] : [alert];
  }

  /** The reference has changed: what earlier windows said no longer counts. Open alerts stay open. */
  restart(): void {
    for (const [spec, kind] of this.#kinds) {
      kind.series.restart();
      this.#forgetKind(spec, kind);
    }
    this.#sayings.forgetAll();
  }

  /** Latest state of each, newest first, at most 100. */
  list(): readonly Alert[] {
    return this.#register.list();
  }

  /** Plain data for the store (structured clone). Nothing in it is changed later. */
  save(): unknown {
    const saved: Saved = {
      format: 1,
      kinds: [...this.#kinds].map(([spec, { series, memories }]) => ({
        spec,
        series: series.save(),
        memories: new Map(memories),
      })),
      sayings: this.#sayings.save(),
      register: this.#register.save(),
    };
    return saved;
  }

  #forgetKind(spec: string, { memories }: Kind): void {
    memories.clear();
    this.#register.forgetFindings(spec);
  }

  #kindOf(spec: string): Kind | undefined {
    let kind = this.#kinds.get(spec);
    if (kind === undefined && this.#kinds.size < MOST_SPECS) {
      kind = { series: new UnitSeries(), memories: new Map() };
      this.#kinds.set(spec, kind);
    }
    return kind;
  }

  #judgeFeature(
    series: Omit<FeatureUnits, 'open'>,
    options: GateOptions,
    { verdict, frame }: WindowEvidence,
  ): Alert | undefined {
    const { feature, units } = series;
    const { spec, end } = verdict.window;
    const subject: AlertSubject = { kind: 'feature', name: feature.name };
    const open = this.#register.openOf(subject);
    if (open !== undefined && open.alert.spec !== spec) return undefined;
    const known: FeatureUnits = { ...series, open: open?.finding ?? null };
    const finding = findDrift(known, options);
    if (finding !== undefined) {
      const question = feature.questions[finding.question]!;
      const { value, threshold, drifting, of, since } = finding;
      const sentence = featureWords({ name: feature.name, question, finding }, { verdict, frame });
      const advice = adviceFor(feature.name, verdict);
      const windows = { drifting, of };
      const told: Told = { spec, since, at: end, windows, value, threshold, sentence, advice };
      return open === undefined
        ? this.#register.raise(subject, told, finding)
        : this.#register.last(subject, told, finding);
    }
    if (open === undefined) return undefined;
    if (!this.#isBetter(known, options)) return this.#register.last(subject, { ...open.alert, at: end });
    const clear = this.#register.wait(subject, units.at(-1)!.weight);
    if (clear < this.#recovery - HAIR) return undefined;
    this.#forget(subject, open.finding);
    const sentence = recoveredWords(feature.name, Math.round(clear));
    return this.#register.recover(subject, { at: end, sentence });
  }

  /** Where the reference has changed since it was raised: nothing has been found in as many windows as it may take. */
  #isBetter(known: FeatureUnits, { tolerance }: GateOptions): boolean {
    const { feature, open, units } = known;
    const question = open && feature.questions[open.question];
    return open && question ? isClear(known, open, tolerance(question)) : windowsIn(units) > SETTLED - HAIR;
  }

  /** Evidence of a closed alert raises no other; what was known of its noise is kept. */
  #forget({ name }: AlertSubject, finding: Finding | null): void {
    for (const { series, memories } of this.#kinds.values()) {
      const presumed = [...(memories.get(name)?.presumed ?? [])];
      if (finding) {
        for (let i = presumed.length; i <= finding.question; i++) presumed.push(null);
        presumed[finding.question] = finding.noise;
      }
      memories.set(name, { from: series.next, presumed });
    }
  }

  #judgeChecks({ verdict, overlap, weight = 1 - overlap }: WindowEvidence): Alert[] {
    const { spec, start, end } = verdict.window;
    const failed = new Map<string, Check>();
    const subjects = new Map<string, AlertSubject>();
    const add = (subject: AlertSubject): void => {
      if (subject.kind === 'check') subjects.set(keyOf(subject), subject);
    };
    for (const check of verdict.checks.filter(isTold)) {
      const subject = checkSubject(check);
      failed.set(keyOf(subject), check);
      add(subject);
    }
    // a check that failed before and is not listed now has passed
    this.#sayings.subjects(spec).forEach(add);
    this.#register.subjects().forEach(add);
    const told: Alert[] = [];
    for (const [key, subject] of subjects) {
      const check = failed.get(key);
      const fact = isFact(subject);
      const alert = this.#sayings.say(subject, {
        spec,
        start,
        at: end,
        weight: fact ? 1 : weight,
        value: check?.rows ?? 0,
        threshold: 0,
        speaks: check !== undefined,
        clear: check === undefined,
        sentence: check ? checkWords(check) : recoveredWords(subject.name, this.#recovery),
        advice: check && checkAdvice(check),
        ...(fact ? FACT : { k: this.#k, of: this.#of }),
      });
      if (alert !== undefined) told.push(alert);
    }
    return told;
  }
}

/** From 1 to `most`; what is no number counts as not given. */
function within(value: number, most: number, otherwise: number): number {
  return Number.isFinite(value) ? Math.min(most, Math.max(1, Math.round(value))) : otherwise;
}

function toleranceOf(settings: Settings, feature: string): (question: Question) => number {
  return ({ tolerance }) => resolveTolerance(settings, feature, tolerance);
}

function isSaved(saved: unknown): saved is Saved {
  if (typeof saved !== 'object' || saved === null) return false;
  const { format, kinds, sayings, register } = saved as Partial<Saved>;
  return format === 1 && Array.isArray(kinds) && sayings instanceof Map && typeof register === 'object';
}
