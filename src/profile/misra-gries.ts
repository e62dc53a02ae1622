// SPDX-License-Identifier: Apache-2.0
/**
 * Frequent tokens in bounded memory (Misra & Gries 1982; merged as Agarwal et al. 2012). A token's count is too low by
 * at most `error`, never too high, and error ≤ tokens/257: every token with a larger share is listed. Merging is
 * commutative and keeps the bound, but three sketches merged in another order may keep other counts.
 */
export const MAX_TOKENS = 256;

export interface TokenCounts {
  readonly tokens: Map<string, number>;
  /** All tokens ever added. */
  readonly count: number;
  readonly error: number;
}

/** Sum of two sketches. */
export function mergeTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  const tokens = new Map(a.tokens);
  for (const [token, count] of b.tokens) tokens.set(token, (tokens.get(token) ?? 0) + count);
  const pruned = pruneTokens(tokens);
  return { tokens: pruned.tokens, count: a.count + b.count, error: a.error + b.error + pruned.error };
}

/** Takes the 257th largest count off all tokens, so that at most 256 are left. */
export function pruneTokens(tokens: Map<string, number>): { tokens: Map<string, number>; error: number } {
  if (tokens.size <= MAX_TOKENS) return { tokens, error: 0 };
  const cut = Float64Array.from(tokens.values()).sort()[tokens.size - MAX_TOKENS - 1]!;
  const kept = new Map<string, number>();
  for (const [token, count] of tokens) if (count > cut) kept.set(token, count - cut);
  return { tokens: kept, error: cut };
}
