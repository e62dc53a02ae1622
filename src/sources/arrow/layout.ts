// SPDX-License-Identifier: Apache-2.0
import { type ArrowField, columnType, listTrouble, TYPE } from './schema.js';

/** A node of a record batch and the first of its buffers. */
export interface Place {
  readonly node: number;
  readonly buffer: number;
}

/** A field that becomes a column, and where its buffers lie. */
export interface ArrowLeaf extends Place {
  readonly name: string;
  readonly field: ArrowField;
  /** The structs around it: where one of them is null, so is the leaf. */
  readonly parents: readonly Place[];
  /** Data buffers of a view column. */
  readonly variadic: number;
}

/** A field of lists of numbers, which become vectors. */
export interface ArrowList extends ArrowLeaf {
  /** The elements. */
  readonly item: Place & { readonly field: ArrowField };
  /** Elements of every list where the type says so. */
  readonly size: number | undefined;
  /** True when offsets have 64 bits. */
  readonly wide: boolean;
}

export function isList(leaf: ArrowLeaf | ArrowList): leaf is ArrowList {
  return 'item' in leaf;
}

export interface Placement {
  readonly leaves: readonly (ArrowLeaf | ArrowList)[];
  /** Fields left out, with the reason. */
  readonly unread: readonly { readonly name: string; readonly why: string }[];
}

interface Cursor {
  node: number;
  buffer: number;
  readonly variadic: readonly number[];
  view: number;
  readonly unionsHaveValidity: boolean;
}

/**
 * Where the buffers of every readable leaf lie: nodes and buffers are stored depth first without names, so each type's
 * layout has to be known, also of what is left out. The places are the same in all batches but for view columns.
 */
export function placeLeaves(
  fields: readonly ArrowField[],
  layout: { readonly variadic: readonly number[]; readonly unionsHaveValidity: boolean },
): Placement {
  const leaves: (ArrowLeaf | ArrowList)[] = [];
  const unread: { name: string; why: string }[] = [];
  const cursor: Cursor = { node: 0, buffer: 0, view: 0, ...layout };
  const walk = (field: ArrowField, name: string, parents: readonly Place[]): void => {
    const place = { node: cursor.node, buffer: cursor.buffer };
    if (field.values.kind === 'struct' && !field.dictionary) {
      cursor.node++;
      cursor.buffer++;
      for (const child of field.children) walk(child, `${name}.${child.name}`, [...parents, place]);
      if (field.children.length === 0) unread.push({ name, why: 'an empty struct' });
      return;
    }
    const variadic =
      field.values.kind === 'view' && !field.dictionary ? (cursor.variadic[cursor.view] ?? 0) : 0;
    skip(field, cursor);
    if (field.values.kind === 'list') {
      const why = listTrouble(field);
      const { size, wide } = field.values;
      const node = place.node + 1;
      const buffer = place.buffer + (size === undefined ? 2 : 1);
      if (why) unread.push({ name, why });
      else {
        const item = { node, buffer, field: field.children[0] };
        leaves.push({ name, field, parents, variadic, ...place, item, size, wide });
      }
    } else if (columnType(field)) leaves.push({ name, field, parents, variadic, ...place });
    else
      unread.push({
        name,
        why: field.values.kind === 'unreadable' ? field.values.why : 'a dictionary of nested values',
      });
  };
  for (const field of fields) walk(field, field.name, []);
  return { leaves, unread };
}

/** Moves the cursor past the nodes and buffers of a field and its children. */
function skip(field: ArrowField, cursor: Cursor): void {
  cursor.node++;
  if (field.dictionary) {
    cursor.buffer += 2;
    return;
  }
  switch (field.typeId) {
    case TYPE.null:
    case TYPE.runEndEncoded:
      break;
    case TYPE.utf8:
    case TYPE.binary:
    case TYPE.largeUtf8:
    case TYPE.largeBinary:
    case TYPE.listView:
    case TYPE.largeListView:
      cursor.buffer += 3;
      break;
    case TYPE.utf8View:
    case TYPE.binaryView:
      cursor.buffer += 2 + (cursor.variadic[cursor.view++] ?? 0);
      break;
    case TYPE.struct:
    case TYPE.fixedList:
      cursor.buffer += 1;
      break;
    case TYPE.union:
      cursor.buffer += 1 + (field.dense ? 1 : 0) + (cursor.unionsHaveValidity ? 1 : 0);
      break;
    default:
      cursor.buffer += 2;
  }
  for (const child of field.children) skip(child, cursor);
}
