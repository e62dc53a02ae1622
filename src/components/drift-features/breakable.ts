// SPDX-License-Identifier: Apache-2.0
import { html, type TemplateResult } from 'lit';

/** Parts of a name between which a line may break: "predicted_" and "probability", not "predicted_probabilit" and "y". */
export function nameParts(name: string): string[] {
  return name.split(/(?<=[_.\-/:])(?=[^_.\-/:])|(?<=[a-z])(?=[A-Z])/);
}

/** The same name, able to break; its text stays as it was. */
export function breakable(name: string): TemplateResult {
  return html`${nameParts(name).map((part, i) => (i === 0 ? part : html`<wbr />${part}`))}`;
}
