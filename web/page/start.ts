// SPDX-License-Identifier: Apache-2.0
import { createAnalysis } from '../../src/engine/client.js';
import './page.js';
import { reportScript } from './report-script.js';
import { Session } from './session.js';

const page = document.querySelector('drift-page');
if (page !== null) {
  page.session = new Session(() => createAnalysis({ standaloneScript: reportScript }));
}
