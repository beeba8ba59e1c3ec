/**
 * What the page's scripts keep alive. V8's own count of bytes in use has what frames beside a collection leave behind
 * too, up to a tenth of all; a heap snapshot has only what can be reached, objects as well as compiled code.
 *
 * @typedef {object} Snapshot the parts of Chromium's heap snapshot that are read
 * @property {{ meta: { node_fields: string[], node_types: [string[]] } }} snapshot
 * @property {number[]} nodes so many numbers for each as there are fields
 */

/** @typedef {{ code: number, objects: number }} Heap bytes */

/** Nodes of the browser itself: the document and its layout, which belong to no script. */
const NATIVE = 'native'

/** @param {Snapshot} snapshot @returns {Heap} */
export function heapOf({ snapshot: { meta }, nodes }) {
  const [type, size] = ['type', 'self_size'].map((name) => meta.node_fields.indexOf(name))
  const [native, code] = [NATIVE, 'code'].map((name) => meta.node_types[0].indexOf(name))
  const heap = { code: 0, objects: 0 }
  for (let i = 0; i < nodes.length; i += meta.node_fields.length)
    if (nodes[i + type] !== native) heap[nodes[i + type] === code ? 'code' : 'objects'] += nodes[i + size]
  return heap
}

/** @param {import('@playwright/test').CDPSession} devTools */
export async function liveHeap(devTools) {
  /** @type {string[]} */
  const chunks = []
  const keep = (/** @type {{ chunk: string }} */ { chunk }) => chunks.push(chunk)
  devTools.on('HeapProfiler.addHeapSnapshotChunk', keep)
  await devTools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  devTools.off('HeapProfiler.addHeapSnapshotChunk', keep)
  /** @type {unknown} */
  const snapshot = JSON.parse(chunks.join(''))
  return heapOf(/** @type {Snapshot} */ (snapshot))
}
