// SPDX-License-Identifier: Apache-2.0

/** Area under the ROC curve: the chance that a late flight scores above one on time, ties half. */
export function auc(score, late) {
  const order = Uint32Array.from({ length: score.length }, (_, i) => i).sort((a, b) => score[a] - score[b]);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && score[order[end]] === score[order[i]]) end++;
    for (let j = i; j < end; j++) {
      if (late[order[j]] === 0) continue;
      positives++;
      rankSum += (i + end + 1) / 2;
    }
    i = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Share of rows whose side of the threshold is the true one. */
export function accuracy(score, late, threshold) {
  let right = 0;
  for (let i = 0; i < score.length; i++) if (score[i] > threshold === (late[i] === 1)) right++;
  return right / score.length;
}

/** The threshold above which as large a share of rows lies as is late. */
export function matchingThreshold(score, late) {
  const sorted = Float32Array.from(score).sort();
  const share = late.reduce((sum, value) => sum + value, 0) / late.length;
  return sorted[Math.floor((1 - share) * sorted.length)];
}

export const share = (late) => late.reduce((sum, value) => sum + value, 0) / late.length;
