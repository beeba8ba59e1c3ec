/** Marks of the event rail as chips that do not lie on each other: those too near become one that counts them. */
import { counted } from '@shared/format/counted'
import type { Mark } from './scene'
import type { ViewRange } from './view-range'

export interface Chip {
  /** Of its first mark. */
  readonly key: string
  /** Pixels from the left of the axis. */
  readonly left: number
  readonly marks: readonly Mark[]
  readonly words: string
}

/** Badge, padding, and about how wide a letter is. */
const FRAME_PX = 30
const LETTER_PX = 6.6
const GAP_PX = 4

const widthOf = (words: string): number => FRAME_PX + LETTER_PX * words.length
/** Of a chip that counts its marks. */
const COUNT_PX = widthOf(counted(99, 'event'))

/** Names a mark among those of its run. */
const keyOf = ({ reference, words, lane }: Mark): string => `${reference} ${words} ${lane}`

/** The chip that holds the mark of this key, alone or among others; null where none in view does. */
export const chipWith = (chips: readonly Chip[], key: string | null): Chip | null =>
  chips.find(({ marks }) => marks.some((mark) => keyOf(mark) === key)) ?? null

/** Marks of the same lane that say the same are one. */
const wordsOf = (marks: readonly Mark[]): string => {
  const [first] = marks
  return marks.every(({ words }) => words === first.words) && marks.length <= 2
    ? first.words
    : counted(marks.length, 'event')
}

/** @param marks oldest first @param width of the axis in pixels */
export function railChips(marks: readonly Mark[], view: ViewRange, width: number): Chip[] {
  const groups: { left: number; right: number; marks: Mark[] }[] = []
  for (const mark of marks) {
    if (mark.reference < view.from || mark.reference > view.to) continue
    const left = (width * (mark.reference - view.from)) / (view.to - view.from || 1)
    const last = groups[groups.length - 1]
    if (last && left < last.right + GAP_PX) last.marks.push(mark)
    else groups.push({ left, right: left + Math.max(widthOf(mark.words), COUNT_PX), marks: [mark] })
  }
  return groups.map(({ left, marks: own }) => ({
    key: keyOf(own[0]),
    left,
    marks: own,
    words: wordsOf(own)
  }))
}
