/** SHA-256 over what a lane counted and where every page ended: equal for equal runs on every machine. */
import type { Lane } from './lane'

export async function digestOf(lane: Lane, counters: Float64Array): Promise<string> {
  const hashes = Int32Array.of(lane.hashA, lane.hashB)
  const parts: ArrayBufferView[] = [
    counters,
    hashes,
    ...lane.machine.stack.layers.map((layer) => layer.pageOfFrame)
  ]
  const sums: string[] = []
  for (const part of parts) sums.push(await sha256(part))
  return sha256(new TextEncoder().encode(sums.join('\n')))
}

async function sha256(data: ArrayBufferView): Promise<string> {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
