/** Streams for tests: a small spec, and the accesses of a source as plain objects. */
import type { AccessSource, Area } from '@main/workloads/workload'
import { formatAddress, pageFrom } from '@shared/address/address'
import { batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import { parseSize } from '@shared/model/quantity'
import { labSpecSchema, type LabSpec } from '@shared/model/spec'

export interface Access {
  readonly kind: number
  readonly size: number
  readonly page: number
  readonly offset: number
}

const array = { entries: 4, ways: 4 }
const sizes = { '4K': array, '2M': array, '1G': array }
const walkCache = { level2: array, level3: array, level4: array, level5: array }
const cache = { bytes: 4096, ways: 1, latencyCycles: 1 }

const plainSpec = labSpecSchema.parse({
  tlb: { instruction: sizes, data: sizes, shared: { '4K2M': array, '1G': array, latencyCycles: 1 } },
  pwc: { guest: walkCache, host: walkCache, latencyCycles: 1 },
  ntlb: { ...array, latencyCycles: 1 },
  cache: { l1i: cache, l1d: cache, l2: cache, llc: cache, memoryLatencyCycles: 1 }
})

/** A spec whose hardware no stream looks at. Footprints may be smaller or larger than a spec file may ask for. */
export const aStreamSpec = ({
  footprint = '4GiB',
  seed = 1
}: { footprint?: number | string; seed?: number } = {}): LabSpec => ({
  ...plainSpec,
  footprint: typeof footprint === 'number' ? footprint : (parseSize(footprint) ?? NaN),
  seed
})

export const aBatch = (capacity: number): AccessBatch => batchOver(batchBuffer(capacity), capacity)

export const accessAt = (batch: AccessBatch, i: number): Access => ({
  kind: batch.kind[i],
  size: batch.size[i],
  page: pageFrom(batch.high[i], batch.low[i]),
  offset: batch.offset[i]
})

/** The first `count` accesses, asked for in batches of `batchSize`; fewer when the stream ends. */
export async function take(source: AccessSource, count: number, batchSize = 4096): Promise<Access[]> {
  const batch = aBatch(batchSize)
  const taken: Access[] = []
  while (taken.length < count) {
    const to = Math.min(batchSize, count - taken.length)
    const end = await source.fill(batch, 0, to)
    for (let i = 0; i < end; i++) taken.push(accessAt(batch, i))
    if (end < to) break
  }
  return taken
}

/** Every access of a stream that ends, where it lies in its batch: recordings have millions, too many for objects. */
export async function visit(
  source: AccessSource,
  each: (batch: AccessBatch, i: number) => void
): Promise<void> {
  const size = 65_536
  const batch = aBatch(size)
  for (let end = size; end === size;) {
    end = await source.fill(batch, 0, size)
    for (let i = 0; i < end; i++) each(batch, i)
  }
}

/** Runs a generated stream ahead. */
export function skip(source: AccessSource, count: number): void {
  const batch = aBatch(4096)
  for (let left = count; left > 0; left -= 4096) void source.fill(batch, 0, Math.min(4096, left))
}

export const areaOf = (areas: readonly Area[], page: number): Area | undefined =>
  areas.find((area) => page >= area.start && page < area.start + area.pages)

export const areaNamed = (source: AccessSource, name: string): Area => {
  const area = source.areas.find((a) => a.name === name)
  if (!area) throw new Error(`no area ${name}`)
  return area
}

export const addressOf = (access: Access): string => formatAddress(access.page, access.offset)
