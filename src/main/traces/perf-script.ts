/**
 * What `perf script -F comm,pid,tid,time,event,addr,ip` prints: one sample a line.
 *
 *   ls 23509/23509  1251.136519: page-faults: 56312e5635c0 ffffffff8175016a
 *
 * The first number after the event is the address of the data, the second the instruction that touched it. An
 * event says whether it samples stores; any other is taken as a load, and a sample of an instruction at its own
 * address as a fetch. Samples have no size: 8 bytes are assumed for data, 4 for a fetch.
 */
import { FETCH, LOAD, STORE, type AccessBatch, type AccessKind } from '@shared/model/access'
import { SAMPLED_NOTE } from '@shared/model/sampled'
import { assumedSize } from './place-access'
import { TextParser, type LineOutcome } from './text-parser'
import { hasLine } from './text-shape'
import type { TraceFormat } from './trace-format'

const DATA_BYTES = 8
const FETCH_BYTES = 4
const RECORD =
  /^\s*\S.*?\s+(\d+)(?:\/(\d+))?\s+(?:\[\d+\]\s+)?\d+\.\d+:\s+(?:\d+\s+)?([^\s:][^\s]*?):+\s+([0-9a-f]+)(?:\s+([0-9a-f]+))?(?:\s.*)?$/
/** Titles of perf, and the frames of a call chain under a sample. */
const REMARKS = [/^#/, /^\s+[0-9a-f]+\s+\S/]
const decoder = new TextDecoder('latin1')

export const perfScript: TraceFormat = {
  info: {
    id: 'perf-script',
    title: 'perf script text',
    summary: 'Samples of addresses, such as one for each page fault: for footprints and hot pages.',
    isSampled: true,
    sizes: 'assumed',
    caveats: [
      SAMPLED_NOTE,
      'Sizes are not recorded: 8 bytes are assumed for data and 4 for a fetch.',
      'A sample is a store where its event says so, and a load otherwise.'
    ],
    recording: {
      needs: 'package linux-perf',
      commands: [
        'perf record -e page-faults -c 1 -d -o PROGRAM.data -- PROGRAM',
        'perf script -i PROGRAM.data -F comm,pid,tid,time,event,addr,ip > PROGRAM.perf.txt'
      ],
      notes: ['Without -d there are no addresses.']
    }
  },
  sniff: hasLine(RECORD),
  parser: (levels) => new PerfScriptParser(levels)
}

class PerfScriptParser extends TextParser {
  protected readLine(batch: AccessBatch, at: number, start: number, end: number): LineOutcome {
    const line = decoder.decode(this.scanner.bytes.subarray(start, end)).trimEnd()
    const match = RECORD.exec(line)
    if (!match) return REMARKS.some((remark) => remark.test(line)) ? 'remark' : 'bad'
    const [, process, thread = process, event, address, instruction] = match
    if (!this.scanner.hexOf(address)) return 'bad'
    const { upper, lower } = this.scanner
    // perf prints 0 where the sample has no address.
    if (upper === 0 && lower === 0) return 'bad'
    const kind = kindOf(event, address, instruction)
    const size = assumedSize(kind === FETCH ? FETCH_BYTES : DATA_BYTES, lower)
    this.write(batch, at, kind, { upper, lower, size })
    this.noteThread(thread)
    return 'access'
  }
}

function kindOf(event: string, address: string, instruction: string | undefined): AccessKind {
  if (address === instruction) return FETCH
  return /store/i.test(event) ? STORE : LOAD
}
