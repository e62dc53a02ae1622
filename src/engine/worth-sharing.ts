// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes of input from which other threads are started and asked. Below it one thread is done before another is warm: on two
 * cores, 3 M rows from 13 MB of Parquet took no less time shared than alone.
 */
export const WORTH_SHARING = 32 * 1024 * 1024;
