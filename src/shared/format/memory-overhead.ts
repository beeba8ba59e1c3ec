/** Memory that a lane's translation takes, in words: the same in terminal, report and window. */
import type { MemoryUse } from '../model/result'
import { formatFixed, MINUS, NONE, withUnit } from './number'
import { formatBytes } from './quantity'

type Use = Partial<Pick<MemoryUse, 'translationBytes' | 'designBytes'>>

/** Why a design's own part is no waste to be compared with nothing. */
export const OWN_TABLES_NOTE =
  'Where hardware walks tables of the design’s own (nodes, cuckoo ways, range tables), the ordinary radix tables stay as the kernel’s index, and the design’s own stand in for them.'

const signed = (value: number, text: string): string => (value < 0 ? MINUS : '+') + text

/** `9.5 MiB`, or with the design’s own part `9.5 MiB, 1.5 MiB of it the design’s own`. */
export function translationText({ translationBytes, designBytes = 0 }: Use): string {
  if (translationBytes === undefined) return NONE
  const own = designBytes > 0 ? `, ${formatBytes(designBytes)} of it the design’s own` : ''
  return formatBytes(translationBytes) + own
}

/** `+1.5 MiB (+18.8 %)` over the baseline; a dash where one of them was not measured. */
export function overheadText(own: Use, baseline: Use): string {
  const [bytes, base] = [own.translationBytes, baseline.translationBytes]
  if (bytes === undefined || base === undefined) return NONE
  const more = bytes - base
  if (more === 0) return '0'
  const share = base === 0 ? NONE : withUnit(signed(more, formatFixed(Math.abs(more / base) * 100, 1)), '%')
  return `${signed(more, formatBytes(Math.abs(more)))} (${share})`
}
