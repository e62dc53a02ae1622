// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const root = fileURLToPath(new URL('../', import.meta.url));

/** Files below `folder` with one of `extensions`, relative to the repository with forward slashes, sorted. */
export function filesBelow(folder: string, extensions: readonly string[]): string[] {
  return readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
    .map((entry) => relative(root, `${entry.parentPath}${sep}${entry.name}`).replaceAll(sep, '/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}

/** What is compiled and shipped: no tests, no benches, no declarations of other people's modules. */
export function isShipped(path: string): boolean {
  return !/\.(test|bench|d)\.ts$/.test(path) && !/\/(fixtures|testing)\//.test(path);
}

export interface ParsedFile {
  readonly text: string;
  /** Relative imports of every sort (types, re-exports, `import()`, workers), as paths of source files. */
  readonly imports: readonly string[];
  /** Every other module that is asked for. */
  readonly packages: readonly string[];
  readonly exports: { readonly values: readonly string[]; readonly types: readonly string[] };
  /** Names after `globalThis.` or `self.` */
  readonly globals: readonly string[];
}

/** Reads one TypeScript file's imports and exports with a real parser. */
export function parseFile(path: string): ParsedFile {
  const text = readFileSync(`${root}${path}`, 'utf8');
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const requests = new Set<string>();
  for (const { moduleRequest } of module.staticImports) requests.add(moduleRequest.value);
  const values: string[] = [];
  const types: string[] = [];
  for (const { entries } of module.staticExports) {
    for (const entry of entries) {
      if (entry.moduleRequest) requests.add(entry.moduleRequest.value);
      (entry.isType ? types : values).push(
        entry.exportName.name ?? (entry.exportName.kind === 'Default' ? 'default' : '*'),
      );
    }
  }
  const globals: string[] = [];
  walk(program, (node) => {
    const asked = requestOf(node);
    if (asked !== undefined) requests.add(asked);
    const global = globalOf(node);
    if (global !== undefined) globals.push(global);
  });
  const all = [...requests];
  return {
    text,
    imports: all.filter((request) => request.startsWith('.')).map((request) => sourceOf(path, request)),
    packages: all.filter((request) => !request.startsWith('.')),
    exports: { values: values.sort(), types: types.sort() },
    globals,
  };
}

/** The kinds of syntax in one file, by the parser's names. */
export function syntaxOf(path: string): ReadonlySet<string> {
  const kinds = new Set<string>();
  walk(parseSync(path, readFileSync(`${root}${path}`, 'utf8')).program, ({ type }) => kinds.add(type));
  return kinds;
}

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') visit(value as Node);
    for (const child of Object.values(value)) walk(child, visit);
  }
}

/** The text in `import('…')`, `typeof import('…')` and `new URL('…', import.meta.url)`. */
function requestOf(node: Node): string | undefined {
  if (node.type === 'ImportExpression' || node.type === 'TSImportType') return literal(node['source']);
  const callee = node['callee'] as Node | undefined;
  if (node.type !== 'NewExpression' || callee?.type !== 'Identifier' || callee['name'] !== 'URL')
    return undefined;
  const [first, second] = node['arguments'] as readonly Node[];
  const address = literal(first);
  return JSON.stringify(second)?.includes('MetaProperty') && address?.endsWith('.js') ? address : undefined;
}

function globalOf(node: Node): string | undefined {
  if (node.type !== 'MemberExpression') return undefined;
  const object = node['object'] as Node;
  if (object.type !== 'Identifier' || !['globalThis', 'self'].includes(String(object['name'])))
    return undefined;
  return String((node['property'] as Node)['name'] ?? '');
}

function literal(node: unknown): string | undefined {
  const value = (node as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' ? value : undefined;
}

/** `./x.js` in TypeScript is the file `x.ts`. */
function sourceOf(from: string, request: string): string {
  return posix.join(dirname(from), request.replace(/\?.*$/, '')).replace(/\.js$/, '.ts');
}
