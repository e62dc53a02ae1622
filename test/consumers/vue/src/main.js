// SPDX-License-Identifier: Apache-2.0
import { createApp } from 'vue';
import App from './app.vue';
import { openPanel } from './open-panel.js';
import { watchOrders } from './traffic.js';

createApp(App).mount('#app');
openPanel();
watchOrders(() => ({ event: document.querySelector('p').textContent }));
