/**
 * Dinero's .din text: `LABEL ADDRESS`, and in the extended form of Dinero IV `LETTER ADDRESS SIZE`. Addresses are
 * hexadecimal with or without 0x; what follows on the line is a remark.
 *
 *   0 load   1 store   2 fetch   3 unknown kind, taken as a load   4 flush of the cache, passed over
 *   r load   w store   i fetch   m unknown kind, taken as a load   v invalidate and c copy back, passed over
 *
 * A label says no size: 4 bytes are assumed, as Dinero IV does. The size after a letter is read as hexadecimal.
 */
import { FETCH, LOAD, STORE, type AccessBatch, type AccessKind } from '@shared/model/access'
import { assumedSize, keptSize } from './place-access'
import { TextParser, type LineOutcome } from './text-parser'
import { isMostly } from './text-shape'
import type { TraceFormat } from './trace-format'

const ASSUMED_BYTES = 4
const MOST_BYTES = 4096
const LINE = /^[ \t]*[0-4rwimvc][ \t]+(?:0[xX])?[0-9a-fA-F]+(?:[ \t].*)?\r?$/

const PASSED_OVER = -1
type Label = AccessKind | typeof PASSED_OVER

const LABELS: ReadonlyMap<number, Label> = new Map(
  Object.entries<Label>({
    '0': LOAD,
    '1': STORE,
    '2': FETCH,
    '3': LOAD,
    '4': PASSED_OVER,
    r: LOAD,
    w: STORE,
    i: FETCH,
    m: LOAD,
    v: PASSED_OVER,
    c: PASSED_OVER
  }).map(([label, kind]) => [label.charCodeAt(0), kind])
)
const LAST_DIGIT = '9'.charCodeAt(0)

export const dinero: TraceFormat = {
  info: {
    id: 'dinero',
    title: 'Dinero text',
    summary: 'Every fetch, load and store, one a line, mostly without its size.',
    isSampled: false,
    sizes: 'assumed',
    caveats: [
      'Labels 0 to 4 say no size: 4 bytes are assumed, as Dinero IV does.',
      'The size after a letter is read as hexadecimal.',
      'Records of unknown kind (3, m) are taken as loads; flushes (4, v, c) are passed over and counted.'
    ],
    recording: {
      needs: 'package valgrind',
      commands: [
        'valgrind --tool=lackey --trace-mem=yes --basic-counts=no --log-file=PROGRAM.lackey PROGRAM',
        `awk '/^(I | S| L| M)/{split($2,a,","); if($1=="I")print 2,a[1]; else if($1=="L")print 0,a[1]; else if($1=="S")print 1,a[1]; else {print 0,a[1]; print 1,a[1]}}' PROGRAM.lackey > PROGRAM.din`
      ],
      notes: [
        'No recorder of Debian writes this format: Lackey’s text is turned into it, and loses its sizes.'
      ]
    }
  },
  sniff: isMostly(LINE),
  parser: (levels) => new DineroParser(levels)
}

class DineroParser extends TextParser {
  protected readLine(batch: AccessBatch, at: number, _start: number, end: number): LineOutcome {
    const { scanner } = this
    scanner.blanks()
    const byte = scanner.bytes[scanner.position++]
    const label = LABELS.get(byte)
    if (label === undefined || !scanner.blanks() || !scanner.prefixedHex()) return 'bad'
    const { upper, lower } = scanner
    const size = byte <= LAST_DIGIT ? this.noSize(end) : this.sizeAfter(end)
    if (size < 0) return 'bad'
    if (label === PASSED_OVER) return 'skipped'
    this.write(batch, at, label, { upper, lower, size: size || assumedSize(ASSUMED_BYTES, lower) })
    return 'access'
  }

  /** 0 when the address ends where a field may end, else -1. */
  private noSize(end: number): number {
    return this.scanner.blanks() || this.isAtEnd(end) ? 0 : -1
  }

  /** The size, 0 when there is none, -1 when something else stands there. */
  private sizeAfter(end: number): number {
    const { scanner } = this
    if (this.isAtEnd(end)) return 0
    if (!scanner.blanks()) return -1
    if (this.isAtEnd(end)) return 0
    if (!scanner.prefixedHex() || (!scanner.blanks() && !this.isAtEnd(end))) return -1
    const { upper, lower } = scanner
    return upper !== 0 || lower < 1 || lower > MOST_BYTES ? -1 : keptSize(lower)
  }

  private isAtEnd(end: number): boolean {
    const { bytes, position } = this.scanner
    return position >= end || (position === end - 1 && bytes[position] === 0x0d)
  }
}
