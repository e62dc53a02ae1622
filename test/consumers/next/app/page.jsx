// SPDX-License-Identifier: Apache-2.0
// A server component: the package is imported where there is no DOM.
import { VERSION } from 'driftglass';
import { Comparison } from './comparison.jsx';

export default function Page() {
  return (
    <main>
      <p id="rendered">driftglass {VERSION}</p>
      <Comparison />
    </main>
  );
}
