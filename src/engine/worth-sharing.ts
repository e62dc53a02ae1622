// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes from which other threads are asked, of input or of its rows in memory, whichever are more: 13 MB of Parquet unpack
 * to 3 M rows. Below it one thread is done before another is warm.
 */
export const WORTH_SHARING = 32 * 1024 * 1024;
