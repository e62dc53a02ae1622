// SPDX-License-Identifier: Apache-2.0
/** What is used of the library, by name: a bundle of one file would carry a module that is imported later as a whole. */
export { Gunzip, gunzipSync, inflateSync } from 'fflate';
