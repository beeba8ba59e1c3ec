const WORD_BITS = 32

/**
 * A set of small numbers that finds its lowest member at once: 32-bit words, and above them levels of words
 * whose bits say which words below are not 0. Costs little over one bit a number, zeroed when made.
 */
export class HierarchicalBitmap {
  /** All levels one after the other, the numbers themselves first. */
  private readonly words: Int32Array
  /** Where each level begins in words; the last has one word. */
  private readonly starts: readonly number[]
  private readonly top: number

  /** For numbers 0..capacity-1. */
  constructor(capacity: number) {
    const starts: number[] = []
    let total = 0
    let count = Math.max(1, capacity)
    do {
      count = Math.ceil(count / WORD_BITS)
      starts.push(total)
      total += count
    } while (count > 1)
    this.words = new Int32Array(total)
    this.starts = starts
    this.top = starts.length - 1
  }

  has(n: number): boolean {
    return (this.words[n >>> 5] & (1 << (n & 31))) !== 0
  }

  add(n: number): void {
    for (let level = 0; level <= this.top; level++) {
      const at = this.starts[level] + (n >>> 5)
      const before = this.words[at]
      this.words[at] = before | (1 << (n & 31))
      if (before !== 0) return
      n >>>= 5
    }
  }

  delete(n: number): void {
    for (let level = 0; level <= this.top; level++) {
      const at = this.starts[level] + (n >>> 5)
      const after = this.words[at] & ~(1 << (n & 31))
      this.words[at] = after
      if (after !== 0) return
      n >>>= 5
    }
  }

  /** Lowest member that is at least n, or -1. */
  next(n: number): number {
    for (let level = 0; level <= this.top; level++) {
      const word = n >>> 5
      const at = this.starts[level] + word
      if (at >= this.endOf(level)) return -1
      const rest = this.words[at] & (-1 << (n & 31))
      if (rest !== 0) return this.descend(level - 1, word * WORD_BITS + lowestBit(rest))
      n = word + 1
    }
    return -1
  }

  /** Lowest number under position `index` of `level + 1`, where something is. */
  private descend(level: number, index: number): number {
    for (let l = level; l >= 0; l--) {
      index = index * WORD_BITS + lowestBit(this.words[this.starts[l] + index])
    }
    return index
  }

  private endOf(level: number): number {
    return level === this.top ? this.words.length : this.starts[level + 1]
  }
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word)
