// SPDX-License-Identifier: Apache-2.0

/** Vite plugin: templates and sheets of the elements without the indents, line ends and comments that are there for readers. */
export function squeezeTemplates() {
  return {
    name: 'driftglass-squeeze-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/components/')) return undefined;
      // A line end stays: a template shows it as the blank that it is.
      return { code: code.replace(/css`[^`]*`/g, squeezed).replace(/\n\s+/g, '\n'), map: null };
    },
  };
}

/** Blanks beside braces and semicolons, and after colons and commas, say nothing; elsewhere one does for many. */
function squeezed(sheet) {
  return sheet
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};]) ?/g, '$1')
    .replace(/([:,]) /g, '$1')
    .replace(/;\}/g, '}');
}
