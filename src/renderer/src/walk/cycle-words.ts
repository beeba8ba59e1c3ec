/** A bin of cycles in words: `10`, `128–191`; the last bin has no end. */
import { formatCount } from '@shared/format/number'

/** @param bin from `from` up to below `to` */
export function cyclesOf({ from, to }: { readonly from: number; readonly to: number }): string {
  if (to === Infinity) return `${formatCount(from)} or more`
  return to - from === 1 ? formatCount(from) : `${formatCount(from)}–${formatCount(to - 1)}`
}
