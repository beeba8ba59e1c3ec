/** Sizes of a scenario in pages. */
import { PAGE_BYTES, page } from '@shared/address/address'
import type { ScenarioPart, ScenarioSize } from '@shared/model/scenario'
import type { Extent } from './address-space'
import { Refusal } from './refusal'

/** Shares are decimal, so sums of them miss by a trifle. */
const TRIFLE = 1e-6

const exactPages = (size: ScenarioSize, whole: number): number =>
  'bytes' in size ? size.bytes / PAGE_BYTES : size.share * whole

/** Whole pages, at least one. */
export const pagesOf = (size: ScenarioSize, whole: number): number =>
  Math.max(1, Math.ceil(exactPages(size, whole) - TRIFLE))

/** The pages of an area that a part touches: from its start and to its end where it does not say. */
export function partOf({ start, pages }: Extent, { from, size }: ScenarioPart = {}): Extent {
  const first = from ? exactPages(from, pages) : 0
  const last = size ? first + exactPages(size, pages) : pages
  if (last > pages + TRIFLE || first > pages - TRIFLE)
    throw new Refusal('names a part beyond the end of the area', 'name a smaller one')
  const skipped = Math.floor(first + TRIFLE)
  return { start: page(start + skipped), pages: Math.max(1, Math.ceil(last - TRIFLE) - skipped) }
}
