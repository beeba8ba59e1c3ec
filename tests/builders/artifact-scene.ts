/** Cases for the artifact profile that fit on a page, and what their replays say in words. */
import { FETCH, PREFETCH, READ, type ArtifactCase, type ArtifactRecord } from './naive-artifact-replay'
import type { DumpRow } from './naive-artifact-walk'

/** Up to 32 lines, each with two sets of the L1 caches to itself: one for the line, one for the next. */
export const apart = (n: number): bigint => 0x10000000n + BigInt(n) * 8320n

/** So many lines into a page or a table. */
export const lines = (n: number): bigint => BigInt(n) * 64n

export const GIB = 2n ** 30n
export const MIB = 2n ** 20n
export const pageNumber = (n: number): bigint => BigInt(n) * 4096n

export const read = (address: bigint, size = 8): ArtifactRecord => ({ kind: READ, size, address })
export const fetch = (address: bigint, size = 8): ArtifactRecord => ({ kind: FETCH, size, address })
export const prefetch = (address: bigint, size = 8): ArtifactRecord => ({ kind: PREFETCH, size, address })

export const row = (page: bigint, tables: DumpRow['tables'], base: bigint): DumpRow => ({
  page,
  tables,
  base
})

/** A row whose tables lie apart from each other, the same for every page; the data lie apart from them. */
export const plainRow = (page: bigint, base = apart(20)): DumpRow =>
  row(page, [apart(0), apart(1), apart(2), apart(3)], base)

export const scene = (
  guest: readonly DumpRow[],
  records: readonly ArtifactRecord[],
  rest: Partial<ArtifactCase> = {}
): ArtifactCase => ({ guest, records, host: null, warmup: 0, frameNumbers: false, ...rest })

export interface Said {
  /** `steps without RANGE_HIT` -> count. */
  readonly walks: Readonly<Record<string, number>>
  /** Hits, misses and hits of children: L1I, L1D, L2. */
  readonly tlb: Readonly<Record<string, readonly number[]>>
}

export function said(text: string): Said {
  const [structures, walks] = text.split('~~~~~~~~~~\n')
  const tlbs = [...structures.matchAll(/^TLB-(\w+) hits (\d+) misses (\d+) child_hits (\d+)$/gm)]
  const counts = [...walks.matchAll(/^(.*),RANGE_HIT,\t(\d+)$/gm)]
  return {
    tlb: Object.fromEntries(tlbs.map(([, name, ...numbers]) => [name, numbers.map(Number)])),
    walks: Object.fromEntries(counts.map(([, steps, count]) => [steps, Number(count)]))
  }
}
