/** The memory areas of one address space, what of them is mapped, and why an area has no TEA. */
import { PAGE_BYTES, formatAddress } from '@shared/address/address'
import type { AreaLook } from '@shared/model/memory-look'
import type { AddressSpace } from '../../software/space/address-space'
import type { Vma } from '../../software/space/vma-list'
import { overlaps } from '../../software/tea/tea'
import type { MappedPages } from './mapped-pages'

/** The areas, without the windows of granted frames, which are no memory of the guest. */
export const areasOf = ({ vmas, layer }: AddressSpace): Vma[] =>
  vmas.list().filter((vma) => layer.isInnermost || !layer.hypercalls.windows.has(vma.start))

/** So many areas, the largest, in the order of addresses. */
export function largestOf(vmas: readonly Vma[], most: number): Vma[] {
  if (vmas.length <= most) return [...vmas]
  const size = ({ start, end }: Vma): number => end - start
  const kept = new Set([...vmas].sort((a, b) => size(b) - size(a)).slice(0, most))
  return vmas.filter((vma) => kept.has(vma))
}

export function areaLook(
  space: AddressSpace,
  vma: Vma,
  index: number,
  { mapped, covered }: MappedPages
): AreaLook {
  const { start, end, name } = vma
  const teas = space.teas.teas.filter((tea) => overlaps(tea, start, end)).map((tea) => tea.index)
  return {
    index,
    name,
    start: formatAddress(start),
    end: formatAddress(end),
    bytes: (end - start) * PAGE_BYTES,
    mappedBytes: mapped * PAGE_BYTES,
    permissions: `r${vma.writable ? 'w' : '-'}${vma.executable ? 'x' : '-'}`,
    coveredBytes: covered * PAGE_BYTES,
    teas,
    outside: teas.length > 0 ? null : whyOutside(space, vma)
  }
}

function whyOutside({ teas }: AddressSpace, vma: Vma): string {
  if (teas.mode === 'R') return 'this layer makes no TEAs'
  return teas.whyNone(vma) ?? 'no table page of it has been asked for yet'
}
