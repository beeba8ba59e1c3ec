/**
 * What DynamoRIO's view tool prints of a drmemtrace: one record a line, the thread as a bare number or as W0.T123,
 * the ordinal of the instruction absent in older versions.
 *
 *   12   10:  W0.T3264 ifetch       7 byte(s) @ 0x00007f86ef03d0fa 48 89 05 7f 64 02 00 mov ...
 *   13   10:  W0.T3264 write        8 byte(s) @ 0x00007f86ef063580 by PC 0x00007f86ef03d0fa
 *   14   10:  W0.T3264 <marker: timestamp 13334862318291728>
 *
 * `non-fetched` is an instruction that was executed without a fetch (a repetition of a string operation); it,
 * prefetches and flushes are passed over and counted. Markers, rules, titles and further lines of a long
 * instruction are remarks.
 */
import { FETCH, LOAD, STORE, type AccessBatch, type AccessKind } from '@shared/model/access'
import { keptSize } from './place-access'
import { TextParser, type LineOutcome } from './text-parser'
import { hasLine } from './text-shape'
import type { TraceFormat } from './trace-format'

const PREFIX = /^\s*\d+(?:\s+\d+)?:\s+(?:W\d+\.)?T?(\d+)\s+/
const RECORD = new RegExp(
  PREFIX.source + /([a-z][\w-]*)\s+(\d+) byte\(s\) @ (?:virtual )?0x([0-9a-f]+)(?:\s.*)?$/.source,
  'i'
)
const REMARKS = [
  // Markers and ends of threads, with or without a record in front.
  /^(?:\s*\d+(?:\s+\d+)?:\s+(?:(?:W\d+\.)?T?\d+\s+)?)?<(?:marker:|thread |entry type |--record)/,
  /^\s*-{10,}\s*$/,
  /^\s*Output format:\s*$/,
  /^View tool results:\s*$/,
  /^\s*\d+ : total (?:disassembled )?instructions\s*$/,
  // The rest of a long instruction's bytes.
  /^\s*(?:\d+(?:\s+\d+)?:\s+(?:(?:W\d+\.)?T?\d+)?)?(?:\s+[0-9a-f]{2})+\s*$/
]
const KINDS: ReadonlyMap<string, AccessKind> = new Map([
  ['ifetch', FETCH],
  ['read', LOAD],
  ['write', STORE]
])
const PASSED_OVER = /^(?:non-fetched|pref[\w-]*|iflush|dflush)$/
const decoder = new TextDecoder('latin1')

export const drmemtraceView: TraceFormat = {
  info: {
    id: 'drmemtrace-view',
    title: 'DynamoRIO drmemtrace, printed by its view tool',
    summary: 'Every fetch, load and store of all threads, one a line.',
    isSampled: false,
    sizes: 'recorded',
    caveats: [
      'Instructions executed without a fetch, prefetches and flushes are passed over and counted.',
      'Threads are kept in the order in which they were recorded.'
    ],
    recording: {
      needs: 'DynamoRIO’s release for Linux, unpacked; Debian has no package of it',
      commands: [
        'bin64/drrun -t drmemtrace -offline -- PROGRAM',
        'bin64/drrun -t drmemtrace -tool view -indir drmemtrace.PROGRAM.*.dir 2> PROGRAM.view.txt'
      ],
      notes: ['The view tool prints to stderr.']
    }
  },
  sniff: hasLine(RECORD),
  parser: (levels) => new DrmemtraceViewParser(levels)
}

class DrmemtraceViewParser extends TextParser {
  protected readLine(batch: AccessBatch, at: number, start: number, end: number): LineOutcome {
    const line = decoder.decode(this.scanner.bytes.subarray(start, end))
    const match = RECORD.exec(line)
    if (!match) return REMARKS.some((remark) => remark.test(line.trimEnd())) ? 'remark' : 'bad'
    const [, thread, name, bytes, address] = match
    const kind = KINDS.get(name)
    if (kind === undefined) return PASSED_OVER.test(name) ? 'skipped' : 'bad'
    const size = Number(bytes)
    if (!this.scanner.hexOf(address) || size < 1 || size > 4096) return 'bad'
    const { upper, lower } = this.scanner
    this.write(batch, at, kind, { upper, lower, size: keptSize(size) })
    this.noteThread(thread)
    return 'access'
  }
}
