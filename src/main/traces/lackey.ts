/**
 * Valgrind Lackey text (valgrind --tool=lackey --trace-mem=yes), one record a line: the tag in the first two
 * columns, the address in hexadecimal, the size in decimal.
 *
 *   I  0401ab70,3       fetch            (blank)L 1fff000768,8     load
 *   (blank)S 1fff000768,8   store        (blank)M 0421c7cc,4       load, then store
 *
 * An access that crosses a page stays one access. Sizes are 1 to 4096 bytes (Lackey itself stops at 512); a
 * batch holds at most 255, so the rare larger ones, saves of the whole register file, are kept as 255.
 */
import { batchBuffer, batchOver, FETCH, LOAD, STORE, type AccessBatch } from '@shared/model/access'
import { PAGE_BYTES } from '@shared/address/address'
import { LineParser } from './line-parser'
import { keptSize, placeAddress } from './place-access'
import { hasLine } from './text-shape'
import type { TraceFormat } from './trace-format'
import { MAX_LINE_BYTES, NEWLINE } from './whole-lines'

const ascii = (character: string): number => character.charCodeAt(0)
const BLANK = ascii(' ')
const COMMA = ascii(',')
const TAG_FETCH = ascii('I')
const TAG_LOAD = ascii('L')
const TAG_STORE = ascii('S')
const TAG_MODIFY = ascii('M')

const MOST_BYTES = PAGE_BYTES

/** Valgrind's own remarks: ==PID== text, --PID-- text. */
const REMARK = /^(==\d+==|--\d+--)/
const RECORD = /^(I | S| L| M)\s+[0-9a-fA-F]+,\d+\s*$/
const LONGEST_REMARK_PREFIX = 24

export const lackey: TraceFormat = {
  info: {
    id: 'lackey',
    title: 'Valgrind Lackey text',
    summary: 'Every fetch, load, store and read-modify-write of a program, one a line.',
    isSampled: false,
    sizes: 'recorded',
    caveats: ['Addresses are those of Valgrind’s own layout.'],
    recording: {
      needs: 'package valgrind',
      commands: [
        'valgrind --tool=lackey --trace-mem=yes --basic-counts=no --log-fd=9 PROGRAM 9> >(gzip -c > PROGRAM.lackey.gz)'
      ],
      notes: [
        'Addresses are those of Valgrind’s own layout: take the memory map from the same process while it runs.'
      ]
    }
  },
  sniff: hasLine(RECORD, REMARK),
  parser: (levels) => new LackeyParser(levels)
}

class LackeyParser extends LineParser {
  /** The store of a read-modify-write whose load has been written. */
  private readonly store = batchOver(batchBuffer(1), 1)
  private storeIsDue = false

  fill(batch: AccessBatch, from: number, to: number): number {
    const { lines, scanner } = this
    scanner.bytes = lines.bytes
    let at = from
    while (at < to) {
      if (this.storeIsDue) this.writeStore(batch, at++)
      else if (lines.position === lines.end) break
      else if (this.readRecord(batch, at)) {
        at++
        lines.position = scanner.position
      } else this.skipLine()
    }
    return at
  }

  /** Writes the line at hand to batch[at] and counts it, or returns false when it is no record. */
  private readRecord(batch: AccessBatch, at: number): boolean {
    const { scanner, lines } = this
    const tag = tagOf(lines.bytes, lines.position)
    scanner.position = lines.position + 2
    const complete =
      tag !== 0 &&
      scanner.blanks() &&
      scanner.hex() &&
      scanner.byte(COMMA) &&
      scanner.decimal(1, MOST_BYTES) &&
      scanner.lineEnd() &&
      scanner.position - lines.position <= MAX_LINE_BYTES + 1
    if (!complete) return false
    this.write(batch, at)
    this.count(batch, at, tag)
    return true
  }

  private write(batch: AccessBatch, at: number): void {
    const { upper, lower, number } = this.scanner
    placeAddress(batch, at, upper, lower, this.levels)
    batch.size[at] = keptSize(number)
  }

  private count(batch: AccessBatch, at: number, tag: number): void {
    this.counts.records++
    if (tag === TAG_FETCH) {
      batch.kind[at] = FETCH
      this.counts.fetches++
    } else if (tag === TAG_STORE) {
      batch.kind[at] = STORE
      this.counts.stores++
    } else {
      batch.kind[at] = LOAD
      this.counts.loads++
      if (tag === TAG_MODIFY) this.holdStore(batch, at)
    }
  }

  private holdStore(batch: AccessBatch, at: number): void {
    copyAccess(batch, at, this.store, 0)
    this.store.kind[0] = STORE
    this.storeIsDue = true
    this.counts.stores++
  }

  private writeStore(batch: AccessBatch, at: number): void {
    copyAccess(this.store, 0, batch, at)
    this.storeIsDue = false
  }

  /** Passes the line at hand, which is no record. */
  private skipLine(): void {
    const { bytes, position } = this.lines
    const end = bytes.indexOf(NEWLINE, position)
    this.lines.position = end + 1
    this.scanner.position = position
    const isBlank = this.scanner.lineEnd()
    if (!isBlank && !isRemark(bytes, position, end)) this.counts.addBadLine(bytes, position, end)
  }
}

function isRemark(bytes: Uint8Array, start: number, end: number): boolean {
  const prefix = bytes.subarray(start, Math.min(end, start + LONGEST_REMARK_PREFIX))
  return REMARK.test(String.fromCharCode(...prefix))
}

/** The letter of the tag in a line's first two columns, or 0. A line of one column has its newline there. */
function tagOf(bytes: Uint8Array, position: number): number {
  const first = bytes[position]
  const second = bytes[position + 1]
  if (first === TAG_FETCH) return second === BLANK ? TAG_FETCH : 0
  if (first !== BLANK) return 0
  return second === TAG_LOAD || second === TAG_STORE || second === TAG_MODIFY ? second : 0
}

function copyAccess(source: AccessBatch, from: number, target: AccessBatch, to: number): void {
  target.kind[to] = source.kind[from]
  target.size[to] = source.size[from]
  target.offset[to] = source.offset[from]
  target.high[to] = source.high[from]
  target.low[to] = source.low[from]
}
