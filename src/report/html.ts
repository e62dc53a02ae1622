// SPDX-License-Identifier: Apache-2.0
import type { Report } from './report.js';

/** Points that a CDF keeps in a file: enough for a 600 px drawing. */
const CDF_POINTS = 96;

/**
 * One HTML file that shows the report without a network: the elements' script, the report as packed JSON, and a content
 * policy that forbids every request. Its size does not depend on the number of rows: about 100 kB and 3 kB a feature.
 * @param script the standalone bundle of the elements (dist/standalone.js)
 */
export async function reportToHtml(report: Report, script: string): Promise<string> {
  const title = escapeHtml(`${report.reference.name} against ${report.current.name} · driftglass`);
  const data = await packed(JSON.stringify(thinned(report), keepSpecial));
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
<script type="application/gzip;base64" id="report">${data}</script>
<script>${script.replaceAll('</script', '<\\/script')}</script>
<script>
{
  const packed = Uint8Array.from(atob(document.getElementById('report').textContent), (c) => c.charCodeAt(0));
  const special = { '\\u0000NaN': NaN, '\\u0000Infinity': Infinity, '\\u0000-Infinity': -Infinity };
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text().then((text) => {
    document.querySelector('drift-report').report = JSON.parse(text, (key, value) => (typeof value === 'string' && Object.hasOwn(special, value) ? special[value] : value));
  });
}
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

/** gzip in base64: nothing of it can end an element. */
async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
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
