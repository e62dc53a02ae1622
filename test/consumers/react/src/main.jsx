// SPDX-License-Identifier: Apache-2.0
import { createRoot } from 'react-dom/client';
import { App } from './app.jsx';
import { openPanel } from './open-panel.js';
import { watchOrders } from './traffic.js';

createRoot(document.querySelector('#app')).render(<App />);
openPanel();
watchOrders(() => ({ event: document.querySelector('p').textContent }));
