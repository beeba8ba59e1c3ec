/** Records a second of the replay on the machine of the profile `artifact`: random loads over the lab's own tables. */
import { DumpTable } from '@main/artifact/dump-table'
import { Replayer } from '@main/artifact/replayer'
import type { AddressSpace } from '@main/software/space/address-space'
import { pageHigh, pageLow, type Level } from '@shared/address/address'
import { sizeText } from '@shared/model/quantity'
import { artifact } from '@shared/profiles/artifact'
import type { BenchCase, Measured } from '../bench-case'
import { benchLane, populate } from './bench-lane'
import { randomLoads, tableArea } from './random-loads'
import { median, rate } from './timing'

const BYTES = 2 * 2 ** 30
const RECORDS = 1_000_000
const RUNS = 5
const LEVELS: readonly Level[] = [4, 3, 2, 1]
const NO_OFFSETS = [0, 0, 0, 0, 0]

export const CONFORMANCE_CASES: readonly BenchCase[] = (['native', 'virtualized'] as const).map(
  (environment) => ({
    name: `conformance-${sizeText(BYTES)}-${environment}-radix`,
    measure: () => Promise.resolve(measure(environment))
  })
)

function measure(environment: 'native' | 'virtualized'): Measured {
  const area = tableArea(BYTES)
  const replayer = replayerOf(environment)
  const batches = Array.from({ length: RUNS + 1 }, (_, i) => randomLoads(area, RECORDS, i * 2 * RECORDS))
  replayer.run(batches[0], 0, RECORDS)
  const runs = batches.slice(1).map((batch) => rate(RECORDS, () => replayer.run(batch, 0, RECORDS)))
  return { recordsPerSecond: median(runs), runs }
}

/** Over the tables of a populated stack, as dumps of them would have it. */
function replayerOf(environment: 'native' | 'virtualized'): Replayer {
  const area = tableArea(BYTES)
  const { machine } = benchLane({ environment, lanes: ['radix'], footprint: BYTES }, [area])
  populate(machine, [area])
  const [host, guest] = environment === 'native' ? [null, machine.stack.inner] : machine.stack.layers
  const guestTable = dumpOf(guest.space, area.start, area.start + area.pages)
  const hostTable = host && dumpOf(host.space, 0, guest.frames.frames)
  return new Replayer(artifact.hardware, guestTable, hostTable, 0)
}

function dumpOf({ table }: AddressSpace, start: number, end: number): DumpTable {
  const dump = new DumpTable()
  for (let p = start; p < end; p++) {
    const frame = table.frameOf(p)
    if (frame < 0) continue
    const tables = LEVELS.map((level) => table.tableOf(p, level))
    dump.add(pageHigh(p), pageLow(p), [...tables, frame], NO_OFFSETS)
  }
  return dump
}
