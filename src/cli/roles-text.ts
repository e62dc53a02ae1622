// SPDX-License-Identifier: Apache-2.0
import type { Feature } from '../baseline/frame.js';
import type { Role } from '../columns/schema.js';
import { printable } from './terminal-table.js';

const ROLES: readonly (readonly [Role, string])[] = [
  ['input', 'inputs'],
  ['prediction', 'predictions'],
  ['label', 'labels'],
  ['time', 'times'],
  ['key', 'keys'],
  ['ignore', 'ignored'],
];
const MOST_NAMES = 20;

/** What the columns of a baseline were taken for, a line a role: what is wrong here is missing or unrated in production. */
export function rolesText(features: readonly Pick<Feature, 'name' | 'role' | 'kind'>[]): string {
  return ROLES.flatMap(([role, title]) => {
    const names = features.filter((feature) => feature.role === role).map(shown);
    if (names.length === 0) return [];
    const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
    return [`  ${title}: ${names.slice(0, MOST_NAMES).join(', ')}${more}\n`];
  }).join('');
}

/** With the kind where it is one that surprises. */
function shown({ name, kind, role }: Pick<Feature, 'name' | 'role' | 'kind'>): string {
  const isSpecial = (kind === 'text' || kind === 'embedding') && role !== 'ignore';
  return `${printable(name)}${isSpecial ? ` (${kind})` : ''}`;
}
