// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { installPackages } from './packages.mjs';
import { root } from './run.mjs';
import { reportViewStep, wasmStep } from './steps.mjs';

const usage = 'Use: npm start -- [--port NUMBER] [--host ADDRESS] [--dev]';

/** Builds the page and serves it until Ctrl-C. With `--dev`, from the sources, reloading on change. */
export async function serve(args) {
  try {
    const { port, host, dev } = readArguments(args);
    await installPackages();
    for (const step of [wasmStep, reportViewStep]) {
      if ((await step.run()) !== 0) throw new Error(`${step.name}: could not be built`);
    }
    const vite = await import('vite');
    const options = { configFile: join(root, 'vite.config.ts'), logLevel: 'warn' };
    const network = { port, host, strictPort: false };
    if (dev) {
      const server = await vite.createServer({ ...options, server: network });
      await server.listen();
      say(server.resolvedUrls);
    } else {
      await vite.build(options);
      const server = await vite.preview({ ...options, preview: network });
      say(server.resolvedUrls);
    }
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

function readArguments(args) {
  const options = { port: 4173, host: '127.0.0.1', dev: false };
  const rest = [...args];
  while (rest.length > 0) {
    const name = rest.shift();
    if (name === '--dev') options.dev = true;
    else if (name === '--host') options.host = rest.shift() ?? fail(name);
    else if (name === '--port') options.port = Number(rest.shift() ?? fail(name));
    else fail(name);
  }
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65_535) fail('--port');
  return options;
}

function fail(name) {
  throw new Error(`${name}? ${usage}`);
}

function say(urls) {
  const address = urls.local[0] ?? urls.network[0];
  console.log(`\ndriftglass is at ${address}`);
  console.log('Drop one or two files on the page, or press the sample. Ctrl-C ends it.\n');
}
