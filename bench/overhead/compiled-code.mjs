// SPDX-License-Identifier: Apache-2.0
/** What of a page's and its worker's memory is code that the browser's engine compiled: by snapshots of their heaps. */

/**
 * Bytes by who holds them: code (what was compiled, and what goes with it) and all else, buffers of arrays included.
 * @param {import('playwright').Page} page
 */
export async function heapsOf(page) {
  const session = await page.context().newCDPSession(page);
  try {
    const worker = await workerOf(session);
    return { page: await heapOf(session), worker: worker === null ? null : await heapOf(worker) };
  } finally {
    await session.detach();
  }
}

/** Lists by which the engine finds the code that was compiled for a shape of objects: they grow with it. */
const DEPENDENTS = 'system / WeakArrayList';
const CHUNK = 'HeapProfiler.addHeapSnapshotChunk';

async function heapOf(session) {
  const texts = [];
  const listen = ({ chunk }) => texts.push(chunk);
  session.on(CHUNK, listen);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  session.off(CHUNK, listen);
  return sizesOf(JSON.parse(texts.join('')));
}

/** Nodes of a snapshot are rows of numbers; the first field is the type, by its place among the names of types. */
function sizesOf({ snapshot, nodes, strings }) {
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const code = types[type].indexOf('code');
  const dependents = strings.indexOf(DEPENDENTS);
  const sizes = { code: 0, rest: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const isCode = nodes[at + type] === code || nodes[at + name] === dependents;
    sizes[isCode ? 'code' : 'rest'] += nodes[at + size];
  }
  return sizes;
}

/** The first worker of the page, asked through the page's own session; null where there is none. */
async function workerOf(session) {
  const found = new Promise((resolve) => {
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
    setTimeout(() => resolve(null), 2_000);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await found;
  if (sessionId === null) return null;
  const listeners = new Map();
  const waiting = new Map();
  let count = 0;
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, method, params, result, error } = JSON.parse(message);
    if (method !== undefined) listeners.get(method)?.(params);
    else if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error.message));
  });
  return {
    on: (method, listener) => listeners.set(method, listener),
    off: (method) => listeners.delete(method),
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        waiting.set(++count, { resolve, reject });
        const message = JSON.stringify({ id: count, method, params });
        session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
      }),
  };
}
