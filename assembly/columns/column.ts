// SPDX-License-Identifier: Apache-2.0
/**
 * One reading of a column's values while they lie in the first-level cache. Table, records and guide are those of
 * ../histogram; a record's last two bytes but six (at 24) hold the rank of its bin as i16. Records stay where they are from
 * call to call until `drain` takes them.
 */
import { bins_f32, bins_f64 } from '../histogram';
import { moments_f32, moments_f64 } from '../moments';

/** Adds to the ten f64 at `out` (../moments) and to the records; writes n ranks as i16, up to the next multiple of 4. */
export function column_f32(values: usize, n: usize, shift: f64, out: usize, table: usize, records: usize, guide: usize, ranks: usize): void {
  moments_f32(values, n, shift, out);
  bins_f32(values, n, table, records, guide, ranks);
}

export function column_f64(values: usize, n: usize, shift: f64, out: usize, table: usize, records: usize, guide: usize, ranks: usize): void {
  moments_f64(values, n, shift, out);
  bins_f64(values, n, table, records, guide, ranks);
}

/** Moves sums and counts of `bins` records to two rows of f64 at `out`, sums first, and leaves zeros. The record behind them is cleared too. */
export function drain(records: usize, bins: usize, out: usize): void {
  const counts = out + (bins << 3);
  for (let i: usize = 0; i < bins; i++) {
    const record = records + (i << 5);
    store<f64>(out + (i << 3), load<f64>(record));
    store<f64>(counts + (i << 3), load<f64>(record, 8));
    v128.store(record, f64x2.splat(0));
  }
  v128.store(records + (bins << 5), f64x2.splat(0));
}
