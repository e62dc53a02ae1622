// SPDX-License-Identifier: Apache-2.0
import './live-page.js';
import { LiveSession } from './live-session.js';

const page = document.querySelector('drift-live');
if (page !== null) {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const session = new LiveSession({ play: !isCalm });
  page.session = session;
  void session.open();
}
