// SPDX-License-Identifier: Apache-2.0
import { DriftMonitor } from 'driftglass/react';
import { useState } from 'react';
import { monitor } from './monitor.js';

export function App() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <p>The panel is {open ? 'open' : 'collapsed'}.</p>
      <DriftMonitor monitor={monitor} open={open} onDriftToggle={(event) => setOpen(event.open)} />
    </>
  );
}
