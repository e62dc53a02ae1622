// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import App from './app.svelte';
import { openPanel } from './open-panel.js';
import { watchOrders } from './traffic.js';

mount(App, { target: document.querySelector('#app') });
openPanel();
watchOrders(() => ({ event: document.querySelector('p').textContent }));
