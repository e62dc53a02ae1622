// SPDX-License-Identifier: Apache-2.0
/** Entry of the script that an exported HTML report carries: what draws a finished report, and no engine. */
import './components/drift-report/drift-report.js';
