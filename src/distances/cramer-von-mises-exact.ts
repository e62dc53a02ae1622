// SPDX-License-Identifier: Apache-2.0
/**
 * Exact p of the two-sample Cramér–von Mises statistic (Xiao, Gordon & Yakovlev 2006): how many of the C(m+n, m) orders
 * have T at least as large. Counts of each value of Σ(i·lcm/m − j·lcm/n)² are carried along the lattice.
 * Meant for up to 20 rows a side: 441 cells of at most a few thousand values. Ties make it approximate, as in scipy.
 */
export function cramerVonMisesExactP(t: number, m: number, n: number): number {
  const lcm = (m / gcd(m, n)) * n;
  const [stepM, stepN] = [lcm / m, lcm / n];
  // Rounded down: a midrank value between two lattice values counts the lower one.
  const observed = Math.floor((t * (m + n) ** 2 * lcm * lcm) / (m * n) + 1e-6);
  let row: Map<number, number>[] = [];
  for (let i = 0; i <= m; i++) {
    const next: Map<number, number>[] = [];
    for (let j = 0; j <= n; j++) {
      const cell = new Map<number, number>();
      const square = (i * stepM - j * stepN) ** 2;
      if (i === 0 && j === 0) cell.set(0, 1);
      for (const from of [i > 0 ? row[j] : undefined, j > 0 ? next[j - 1] : undefined]) {
        if (!from) continue;
        for (const [value, count] of from) {
          cell.set(value + square, (cell.get(value + square) ?? 0) + count);
        }
      }
      next.push(cell);
    }
    row = next;
  }
  let atLeast = 0;
  let all = 0;
  for (const [value, count] of row[n]) {
    all += count;
    if (value >= observed) atLeast += count;
  }
  return atLeast / all;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
