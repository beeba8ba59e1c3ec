/** The bench's stream: one uniformly random 8-byte load per reference over one populated area, no fetches. */
import { page, pageHigh, pageLow } from '@shared/address/address'
import { LOAD, batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import { mix32 } from '@shared/random/mix32'
import type { Area } from '@main/workloads/workload'

const START = page(0x7f0000000)

export function tableArea(bytes: number): Area {
  const pages = Math.ceil(bytes / 4096)
  return { start: START, pages, writable: true, executable: false, name: 'table', origin: 'workload' }
}

export function randomLoads(area: Area, count: number, seed: number): AccessBatch {
  const batch = batchOver(batchBuffer(count), count)
  fillWithRandomLoads(batch, area, seed)
  return batch
}

export function fillWithRandomLoads(batch: AccessBatch, area: Area, seed: number): void {
  for (let i = 0; i < batch.capacity; i++) {
    const p = area.start + Math.floor((mix32(seed + 2 * i) / 2 ** 32) * area.pages)
    batch.kind[i] = LOAD
    batch.size[i] = 8
    batch.high[i] = pageHigh(p)
    batch.low[i] = pageLow(p)
    batch.offset[i] = (mix32(seed + 2 * i + 1) & 511) * 8
  }
}
