/**
 * What happened, told in the rows of a chart's table: each mark in the first row that ends at it or after it, and in the
 * last row until there is such a one.
 */
import { letterOf } from '@renderer/lanes/letters'
import type { Mark } from './scene'
import type { ViewRange } from './view-range'

const textOf = ({ lane, words }: Mark): string => (lane === null ? words : `${letterOf(lane)}: ${words}`)

/**
 * One text for each row, '' where nothing happened.
 * @param references where each row ends, rising
 * @param marks those outside `view` are left out, as on the rail
 */
export function rowEvents(references: Float64Array, view: ViewRange, marks: readonly Mark[]): string[] {
  const texts = Array.from(references, (): string[] => [])
  for (const mark of marks) {
    if (mark.reference < view.from || mark.reference > view.to) continue
    // -1, the last row, where none has reached it.
    const row = references.findIndex((end) => end >= mark.reference)
    texts.at(row)?.push(textOf(mark))
  }
  return texts.map((all) => all.join('; '))
}
