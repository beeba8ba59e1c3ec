/**
 * Counts the records of Lackey's output as it passes, and reads the totals that Lackey prints at its end.
 *
 * What must be equal: fetches (I) = guest instrs; loads (L and M) = the sum of the column Loads; stores (S and M) =
 * the sum of the column Stores. Lackey's columns leave out the few accesses that helper functions of Valgrind make.
 */

const NEWLINE = 0x0a
const TAG_FETCH = 0x49
const TAG_LOAD = 0x4c
const TAG_MODIFY = 0x4d
const TAG_STORE = 0x53
const TAGS = new Set([TAG_LOAD, TAG_MODIFY, TAG_STORE])
const BLANK = 0x20
/** Lackey's totals take less. */
const TAIL_BYTES = 8192

/** @type {Buffer} */
const NOTHING = Buffer.alloc(0)

/** @typedef {{ fetches: number, loads: number, stores: number }} Totals */

export class LackeyCounts {
  records = 0
  fetches = 0
  /** A read-modify-write is one load and one store. */
  loads = 0
  stores = 0
  /** The line that the last chunk has cut. */
  #cut = NOTHING
  #tail = NOTHING

  /** @param {Buffer} chunk */
  add(chunk) {
    const bytes = this.#cut.length === 0 ? chunk : Buffer.concat([this.#cut, chunk])
    let at = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      this.#count(bytes[at], bytes[at + 1])
      at = end + 1
    }
    this.#cut = bytes.subarray(at)
    this.#tail = Buffer.concat([this.#tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES)
  }

  /** @param {number} first @param {number} second of the bytes of a line */
  #count(first, second) {
    if (first === TAG_FETCH && second === BLANK) this.fetches++
    else if (first !== BLANK || !TAGS.has(second)) return
    else {
      if (second !== TAG_STORE) this.loads++
      if (second !== TAG_LOAD) this.stores++
    }
    this.records++
  }

  /**
   * What Valgrind counted itself; null when it did not come to print it.
   * @returns {Totals | null}
   */
  get totals() {
    const text = this.#tail.toString('latin1')
    const instructions = /guest instrs:\s+([\d,]+)\n/.exec(text)
    const types = [...text.matchAll(/^==\d+==\s+[IFVD]\d+\s+([\d,]+)\s+([\d,]+)\s+[\d,]+$/gm)]
    if (!instructions || types.length === 0) return null
    /** @param {number} column */
    const sum = (column) => types.reduce((all, row) => all + number(row[column]), 0)
    return { fetches: number(instructions[1]), loads: sum(1), stores: sum(2) }
  }
}

/** @param {string} text */
const number = (text) => Number(text.replaceAll(',', ''))
