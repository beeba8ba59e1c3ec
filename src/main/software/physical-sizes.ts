/** How large each layer's physical memory is: enough for what the layer above needs, with room to spare. */
import { PAGE_BYTES } from '@shared/address/address'
import { LAYER_NAMES, type LayerName } from '@shared/model/environment'

const PAGES_PER_GIB = 2 ** 18
/** Share of memory beyond the footprint; a guest is given 1.15 times its workload's footprint. */
const SLACK = 1.15

/** Upper levels and the tables at the ends of areas, generously. */
const FEW_TABLES = 1024

/** A trace touches few pages of what its process had reserved: no memory is built for more than 256 GiB. */
export const MOST_TRACED_PAGES = 2 ** 26

/** Bytes that a spec gives a layer instead. */
export type MemoryLimits = Readonly<Partial<Record<LayerName, number>>>

/**
 * Frames of each layer, L0 first, for a process whose areas hold `pages`. Whole GiB, so that 1 GiB pages fit, but for
 * layers whose memory is given.
 */
export function physicalSizes(depth: number, pages: number, limits: MemoryLimits = {}): number[] {
  const sizes: number[] = []
  let needed = pages
  for (let k = depth - 1; k >= 0; k--) {
    const limit = limits[LAYER_NAMES[k]]
    needed =
      limit === undefined
        ? (Math.ceil((needed * SLACK) / PAGES_PER_GIB) + 1) * PAGES_PER_GIB
        : Math.floor(limit / PAGE_BYTES)
    sizes.unshift(needed)
  }
  return sizes
}

/**
 * Table frames that spaces of so many pages may come to need, each mapped by 4 KiB pages throughout, where a design
 * keeps at most `beside` more for each.
 */
export function tableFrames(spaces: readonly number[], beside = 0): number {
  return spaces.reduce((sum, pages) => sum + Math.ceil((pages / 511) * (1 + beside)) + FEW_TABLES, 0)
}
