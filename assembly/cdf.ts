// SPDX-License-Identifier: Apache-2.0
/**
 * One merge of two sorted columns, x (n values, CDF F) and y (m values, CDF G), that yields every exact 1-D distance.
 *
 * Let D = m·#{x ≤ v} − n·#{y ≤ v} = nm(F − G)(v), an integer, exact in f64 while nm < 2^53. A group is the a copies
 * of one pooled value in x and the b in y; D goes from D₀ to D₁ = D₀ + am − bn over it. With N = n + m, k = nm:
 *
 *   KS, Kuiper           max D₁/k and max −D₁/k
 *   Wasserstein, Cramér  Σ |D₀|/k · gap and Σ (D₀/k)² · gap over the gaps between groups
 *   Cramér–von Mises     12kN²T = 4 Σ (a+b)(D₀² + D₀D₁ + D₁²) + N Σ (a²−b²)(na − mb) + N(2k − n² − m²)
 *                        (Anderson 1962 with midranks, rearranged so that nothing large cancels)
 *   Anderson–Darling     A²kN = (N−1)/(Nk) Σ l(D₀+D₁)²/(h(2N−h) − Nl), l = a + b, h = twice the mean pooled rank − 1
 *                        (Scholz & Stephens 1987, eq. 7 with k = 2)
 *
 * Writes nine f64 at `out`: max (F − G), where, max (G − F), where, Wasserstein, Cramér, T, A², groups. One slot past
 * each column is overwritten by +Infinity, which stops the merge. Sums are gathered in runs so that rounding stays small.
 */

const RUN: usize = 1024;

export function cdf_f32(x: usize, n: usize, y: usize, m: usize, out: usize): void {
  merge<f32>(x, n, y, m, out);
}

export function cdf_f64(x: usize, n: usize, y: usize, m: usize, out: usize): void {
  merge<f64>(x, n, y, m, out);
}

// @ts-ignore: decorator
@inline
function merge<T>(x: usize, n: usize, y: usize, m: usize, out: usize): void {
  const nf = <f64>n;
  const mf = <f64>m;
  const all = nf + mf;
  const cells = nf * mf;
  const inverse = 1 / cells;
  store<T>(x + n * sizeof<T>(), <T>Infinity);
  store<T>(y + m * sizeof<T>(), <T>Infinity);

  // Infinite values are groups of their own at both ends: there a gap is infinite and may not be multiplied by zero.
  let i: usize = 0;
  let j: usize = 0;
  while (i < n && load<T>(x + i * sizeof<T>()) == <T>-Infinity) i++;
  while (j < m && load<T>(y + j * sizeof<T>()) == <T>-Infinity) j++;
  let iEnd = n;
  let jEnd = m;
  while (iEnd > i && load<T>(x + (iEnd - 1) * sizeof<T>()) == <T>Infinity) iEnd--;
  while (jEnd > j && load<T>(y + (jEnd - 1) * sizeof<T>()) == <T>Infinity) jEnd--;

  let above: f64 = 0;
  let aboveAt: f64 = NaN;
  let below: f64 = 0;
  let belowAt: f64 = NaN;
  let groups: usize = 0;
  let wasserstein: f64 = 0;
  let cramer: f64 = 0;
  let squares: f64 = 0;
  let ties: f64 = 0;
  let darling: f64 = 0;
  let d: f64 = 0;

  if (i + j > 0) {
    groups = 1;
    const a = <f64>i;
    const b = <f64>j;
    d = a * mf - b * nf;
    above = d;
    aboveAt = -Infinity;
    below = 0 - d;
    belowAt = -Infinity;
    squares = (a + b) * d * d;
    ties = tieTerm(a, b, nf, mf);
    darling = darlingTerm(0, a + b, d, all);
    if (d != 0 && i + j < n + m) {
      wasserstein = Infinity;
      cramer = Infinity;
    }
  }

  // Finite f64 may lie further apart than the largest f64; a power of two keeps each gap representable.
  const total = iEnd + jEnd;
  let previous: f64 = 0;
  let scale: f64 = 1;
  if (i + j < total) {
    const lowest = min(<f64>load<T>(x + i * sizeof<T>()), <f64>load<T>(y + j * sizeof<T>()));
    previous = lowest;
    if (sizeof<T>() == 8) {
      let highest = lowest;
      if (iEnd > i) highest = max(highest, <f64>load<T>(x + (iEnd - 1) * sizeof<T>()));
      if (jEnd > j) highest = max(highest, <f64>load<T>(y + (jEnd - 1) * sizeof<T>()));
      if (!isFinite(highest - lowest)) scale = 0.25;
    }
    if (groups == 0) {
      above = -Infinity;
      below = -Infinity;
    }
  }

  // What one value alone adds, by side (y, x): to D, and to the sum over ties.
  const steps = out;
  store<f64>(steps, 0 - nf);
  store<f64>(steps, mf, 8);
  store<f64>(steps, mf, 16);
  store<f64>(steps, nf, 24);

  let xAt = x + i * sizeof<T>();
  let yAt = y + j * sizeof<T>();
  const xEnd = x + iEnd * sizeof<T>();
  const yEnd = y + jEnd * sizeof<T>();
  const start = x + y;
  const atEnd = xEnd - x + (yEnd - y);
  let scaled = previous * scale;
  while (xAt + yAt - start < atEnd) {
    const stop = min(atEnd, xAt + yAt - start + RUN * sizeof<T>());
    let runWasserstein: f64 = 0;
    let runCramer: f64 = 0;
    let runSquares: f64 = 0;
    let runTies: f64 = 0;
    let runDarling: f64 = 0;
    let xv = load<T>(xAt);
    let yv = load<T>(yAt);
    while (xAt + yAt - start < stop) {
      const xFirst = xAt;
      const yFirst = yAt;
      const before = d;
      const ofX = <usize>(xv <= yv);
      const ofY = <usize>(yv <= xv);
      // Reading the smaller value again costs less than a branch that half of all values would mispredict.
      const v = load<T>(yAt + ((xAt - yAt) & (0 - ofX)));
      xAt += ofX * sizeof<T>();
      yAt += ofY * sizeof<T>();
      xv = load<T>(xAt);
      yv = load<T>(yAt);
      groups++;
      const point = <f64>v * scale;
      const gap = point - scaled;
      scaled = point;
      const share = before * inverse;
      runWasserstein += abs(share) * gap;
      runCramer += share * share * gap;
      if (<i32>(xv == v) | <i32>(yv == v) | <i32>(ofX & ofY)) {
        while (xv == v) {
          xAt += sizeof<T>();
          xv = load<T>(xAt);
        }
        while (yv == v) {
          yAt += sizeof<T>();
          yv = load<T>(yAt);
        }
        const a = <f64>((xAt - xFirst) / sizeof<T>());
        const b = <f64>((yAt - yFirst) / sizeof<T>());
        const rank = <f64>((xFirst + yFirst - start) / sizeof<T>());
        d = before + (a * mf - b * nf);
        runSquares += (a + b) * (before * before + before * d + d * d);
        runTies += tieTerm(a, b, nf, mf);
        runDarling += darlingTerm(rank, a + b, before + d, all);
      } else {
        d = before + load<f64>(steps + (ofX << 3));
        runSquares += before * before + before * d + d * d;
        runTies += load<f64>(steps + (ofX << 3), 16);
        runDarling += darlingTerm(<f64>((xFirst + yFirst - start) / sizeof<T>()), 1, before + d, all);
      }
      if (d > above) {
        above = d;
        aboveAt = <f64>v;
      }
      if (0 - d > below) {
        below = 0 - d;
        belowAt = <f64>v;
      }
    }
    wasserstein += runWasserstein;
    cramer += runCramer;
    squares += runSquares;
    ties += runTies;
    darling += runDarling;
  }
  wasserstein /= scale;
  cramer /= scale;

  if (total < n + m) {
    if (groups == 0) {
      above = -Infinity;
      below = -Infinity;
    }
    const a = <f64>(n - iEnd);
    const b = <f64>(m - jEnd);
    if (d != 0) {
      wasserstein = Infinity;
      cramer = Infinity;
    }
    // All of both columns is passed here, so D ends at 0 and only a maximum below 0 gives way to it.
    if (above < 0) {
      above = 0;
      aboveAt = Infinity;
    }
    if (below < 0) {
      below = 0;
      belowAt = Infinity;
    }
    squares += (a + b) * d * d;
    ties += tieTerm(a, b, nf, mf);
    darling += darlingTerm(<f64>total, a + b, d, all);
    groups++;
  }

  store<f64>(out, above / cells);
  store<f64>(out, aboveAt, 8);
  store<f64>(out, below / cells, 16);
  store<f64>(out, belowAt, 24);
  store<f64>(out, wasserstein, 32);
  store<f64>(out, cramer, 40);
  store<f64>(out, (4 * squares + all * (ties + (2 * cells - nf * nf - mf * mf))) / (12 * cells * all * all), 48);
  store<f64>(out, groups == 1 ? 0 : (darling * (all - 1)) / (all * cells), 56);
  store<f64>(out, <f64>groups, 64);
}

// @ts-ignore: decorator
@inline
function tieTerm(a: f64, b: f64, n: f64, m: f64): f64 {
  return (a * a - b * b) * (n * a - m * b);
}

/** `before` pooled values are below the group of `count`; `twice` = D₀ + D₁. */
// @ts-ignore: decorator
@inline
function darlingTerm(before: f64, count: f64, twice: f64, all: f64): f64 {
  const h = 2 * before + count;
  return (count * twice * twice) / (h * (2 * all - h) - all * count);
}
