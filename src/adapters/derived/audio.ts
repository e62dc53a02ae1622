// SPDX-License-Identifier: Apache-2.0

export interface AudioFeatures {
  /** Root of the mean square of the samples. */
  readonly rms: number;
  /** Largest absolute sample. */
  readonly peak: number;
  /** Share of neighbouring samples of which one is negative and the other is not; 0 of fewer than two. */
  readonly zeroCrossingRate: number;
}

/** What an `AudioBuffer` has of this. */
export interface AudioSamples {
  readonly numberOfChannels: number;
  getChannelData(channel: number): Float32Array;
}

/**
 * What sound comes to in three numbers: enough to see microphones, levels and noise change. Samples from −1 to 1, of one
 * channel, or of an AudioBuffer, whose channels count alike. 0, 0, 0 of no samples.
 */
export function audioFeatures(sound: ArrayLike<number> | AudioSamples): AudioFeatures {
  const channels =
    'getChannelData' in sound
      ? Array.from({ length: sound.numberOfChannels }, (_, i) => sound.getChannelData(i))
      : [sound];
  let samples = 0;
  let squares = 0;
  let peak = 0;
  let crossings = 0;
  let pairs = 0;
  for (const channel of channels) {
    samples += channel.length;
    pairs += Math.max(0, channel.length - 1);
    let wasNegative = isNegative(channel[0] ?? 0);
    for (let i = 0; i < channel.length; i++) {
      const value = channel[i]!;
      squares += value * value;
      if (Math.abs(value) > peak) peak = Math.abs(value);
      const negative = isNegative(value);
      if (negative !== wasNegative) crossings++;
      wasNegative = negative;
    }
  }
  return {
    rms: samples === 0 ? 0 : Math.sqrt(squares / samples),
    peak,
    zeroCrossingRate: pairs === 0 ? 0 : crossings / pairs,
  };
}

/** Silence written as −0 is no crossing. */
function isNegative(value: number): boolean {
  return value < 0;
}
