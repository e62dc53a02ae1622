// SPDX-License-Identifier: Apache-2.0
/**
 * The numbers of other tools, by their own rules: the same name often means another number (docs/distances.md).
 *
 *     import { cpuKernels, evidentlyWasserstein, nannymlJensenShannon } from 'driftglass/conventions';
 *
 *     nannymlJensenShannon(reference, current); // distance, base 2, Doane's bins and one outside
 *     const sorted = [reference, current].map((values) => cpuKernels.sort(values).values);
 *     evidentlyWasserstein(cpuKernels.cdf(sorted[0], sorted[1]), reference); // over the reference's sd
 */
export type { Contingency } from './distances/contingency.js';
export {
  type DeequChiSquareOptions,
  deequChiSquare,
  deequLInfinity,
  deequPopulationStability,
} from './distances/conventions/deequ.js';
export {
  EVIDENTLY_THRESHOLD,
  evidentlyHellinger,
  evidentlyJensenShannon,
  evidentlyKullbackLeibler,
  evidentlyPopulationStability,
  evidentlyWasserstein,
} from './distances/conventions/evidently.js';
export {
  nannymlCategoricalHellinger,
  nannymlCategoricalJensenShannon,
  nannymlHellinger,
  nannymlJensenShannon,
  nannymlKolmogorovSmirnov,
  nannymlLInfinity,
  nannymlWasserstein,
} from './distances/conventions/nannyml.js';
export {
  scipyAndersonDarling,
  scipyCramerVonMises,
  scipyEnergy,
  scipyWasserstein,
  type TestResult,
} from './distances/conventions/scipy.js';
export {
  type TfdvHistogram,
  tfdvCategoricalJensenShannon,
  tfdvHistogram,
  tfdvJensenShannon,
  tfdvLInfinity,
  tfdvNormalizedAbsoluteDifference,
} from './distances/conventions/tfdv.js';
export { cpuKernels } from './kernels/cpu/cpu.js';
export type { CdfPartial, Numbers } from './kernels/kernels.js';
