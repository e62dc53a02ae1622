// SPDX-License-Identifier: Apache-2.0
import type { Report } from './report.js';

/** Points that a CDF keeps in a file: enough for a 600 px drawing. */
const CDF_POINTS = 96;

/**
 * One HTML file that shows the report without a network: the elements' script, the report as inert JSON, and a content
 * policy that forbids every request. Its size does not depend on the number of rows.
 * @param script the standalone bundle of the elements (dist/standalone.js)
 */
export function reportToHtml(report: Report, script: string): string {
  const title = escapeHtml(`${report.reference.name} against ${report.current.name} · driftglass`);
  const data = JSON.stringify(thinned(report), keepSpecial)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<title>${title}</title>
<style>body{margin:0;background:#fbfaf7}@media (prefers-color-scheme:dark){body{background:#121518}}main{max-width:1360px;margin:0 auto;padding:20px clamp(16px,3vw,32px) 64px}</style>
</head>
<body>
<main><drift-report></drift-report></main>
<noscript>This report is drawn by a script inside this file; no network is needed.</noscript>
<script type="application/json" id="report">${data}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
<script>
document.querySelector('drift-report').report = JSON.parse(document.getElementById('report').textContent, function (key, value) {
  return value === '\\u0000NaN' ? NaN : value === '\\u0000Infinity' ? Infinity : value === '\\u0000-Infinity' ? -Infinity : value;
});
</script>
</body>
</html>
`;
}

function thinned(report: Report): Report {
  return {
    ...report,
    features: report.features.map((feature) => {
      const { cdf, ...rest } = feature;
      if (cdf === undefined || cdf.x.length <= CDF_POINTS) return feature;
      const step = (cdf.x.length - 1) / (CDF_POINTS - 1);
      const at = Array.from({ length: CDF_POINTS }, (_, i) => Math.round(i * step));
      const pick = (values: readonly number[]): number[] => at.map((i) => values[i]);
      return { ...rest, cdf: { x: pick(cdf.x), reference: pick(cdf.reference), current: pick(cdf.current) } };
    }),
  };
}

/** JSON has no NaN and no infinities: they travel as marked strings that no column name can be (U+0000 first). */
function keepSpecial(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (Number.isFinite(value)) return Number.isInteger(value) ? value : Number(value.toPrecision(7));
  return `\u0000${value}`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
