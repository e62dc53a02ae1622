// SPDX-License-Identifier: Apache-2.0
/**
 * Defines an element unless its name is taken. Two versions of the package on one page, or a hot reload, would
 * otherwise throw; the first definition wins.
 */
export function define(name: string, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
