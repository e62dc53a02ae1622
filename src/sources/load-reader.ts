// SPDX-License-Identifier: Apache-2.0
/**
 * Loads ahead the code that a file of this name will most likely need. Its content decides when it is opened; nothing is
 * lost by a name that lies, and failures are left to that.
 */
export async function loadReader(name: string): Promise<void> {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (ending === 'parquet') {
    const [, { loadCodec }] = await Promise.all([
      import('./parquet/parquet.js'),
      import('./parquet/codecs.js'),
    ]);
    await loadCodec('ZSTD');
  } else if (ending === 'csv' || ending === 'tsv' || ending === 'txt') await import('./csv/csv.js');
  else if (ending === 'arrow' || ending === 'feather') await import('./arrow/arrow.js');
}
