// SPDX-License-Identifier: Apache-2.0
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installBrowser, installOtherEngines } from './browser.mjs';
import { installPackages } from './packages.mjs';
import { root, runNode, tools } from './run.mjs';
import { buildSteps, staticSteps } from './steps.mjs';
import { installTestPackages } from './test-packages.mjs';

const resultFile = 'build/test/vitest.json';

/** Set-up, build, lint, types and tests. Prints "N passed, N failed" last and sets the exit code. */
export async function check({ all }) {
  const failures = [];
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    await installPackages();
    await installTestPackages();
    const browser = await installBrowser();
    console.log(`Browser: ${browser}`);
    if (all) await installOtherEngines();
    for (const step of [...buildSteps, ...staticSteps]) {
      const failure = await timed(step);
      if (failure) failures.push(failure);
    }
    const tests = await timed({
      name: all ? 'Tests, long ones too' : 'Tests',
      run: () => vitest(browser, all),
    });
    counts = readCounts();
    // A run that failed without a failed test: an unhandled error, a setup that broke, no result at all.
    if (tests && counts.failed === 0) failures.push(tests);
  } catch (error) {
    failures.push(error.message);
  }
  for (const failure of failures) console.error(`FAILED  ${failure}`);
  const failed = counts.failed + failures.length;
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`\n${counts.passed} passed, ${failed} failed${skipped}`);
  process.exitCode = failed === 0 && counts.passed > 0 ? 0 : 1;
}

/** Runs one step; a sentence when it failed. */
async function timed(step) {
  console.log(`\n── ${step.name}`);
  const start = performance.now();
  const code = await step.run();
  console.log(`   ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return code === 0 ? undefined : `${step.name} (exit code ${code})`;
}

function vitest(browser, all) {
  rmSync(join(root, resultFile), { force: true });
  mkdirSync(join(root, 'build/test'), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
  return runNode(tools.vitest, ['run', ...reporters], {
    env: { CHROME_PATH: browser, DRIFTGLASS_LONG: all ? '1' : '' },
  });
}

/** Tests from vitest's own record. A file that could not be loaded holds no test, and counts as one that failed. */
function readCounts() {
  if (!existsSync(join(root, resultFile))) return { passed: 0, failed: 0, skipped: 0 };
  const result = JSON.parse(readFileSync(join(root, resultFile), 'utf8'));
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(notFailed),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function notFailed(test) {
  return test.status !== 'failed';
}
