// SPDX-License-Identifier: Apache-2.0
/**
 * Names as a batch can hold them: each once. A repeated name gets " (2)", " (3)"…, an empty one becomes "column 1" by
 * its place, and every change is told in `notes`.
 */
export function uniqueNames(names: readonly string[], notes: string[]): string[] {
  const taken = new Set<string>(names);
  const used = new Set<string>();
  return names.map((name, i) => {
    let unique = name === '' ? `column ${i + 1}` : name;
    for (let k = 2; used.has(unique) || (unique !== name && taken.has(unique)); k++) {
      unique = `${name === '' ? `column ${i + 1}` : name} (${k})`;
    }
    if (unique !== name)
      notes.push(
        `column ${i + 1}: name "${name}" is ${name === '' ? 'empty' : 'repeated'}, read as "${unique}"`,
      );
    used.add(unique);
    return unique;
  });
}
