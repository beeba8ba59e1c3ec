/** What a person types as a quantity. Spaces and commas between digits are theirs to use. */
import { parseCount, parseSize } from '../model/quantity'

const withoutGaps = (text: string): string => text.replace(/[\s,]/g, '')

/** A size in bytes; undefined when the text is none. */
export const readSize = (text: string): number | undefined => parseSize(withoutGaps(text))
/** A count: 2M, 2,000,000 or 2000000. */
export const readCount = (text: string): number | undefined => parseCount(withoutGaps(text))
