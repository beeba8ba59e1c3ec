/** Five levels throughout: addresses of up to 57 bits in tables, walk caches, areas, records and traces. */
import { describe, expect, it } from 'vitest'
import { coldWalkOn } from '@main/lab/cold-walk'
import { openTraceSource } from '@main/traces/trace-source'
import { formatAddress, pageHigh, pageLow } from '@shared/address/address'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { ENVIRONMENTS } from '@shared/model/environment'
import { aDrivenLane } from '../builders/a-machine'
import { take } from '../builders/a-stream'
import { aFile } from '../builders/a-trace'
import { checkTranslations } from '../builders/stack-laws'

/** The last page but a few of what five levels give a process, 56 bits of address, and one just above 47 bits. */
const TOP = 2 ** 44 - 4096
const ABOVE_47_BITS = 2 ** 35 + 0x123
const AREAS = [
  { start: TOP, pages: 2048, name: 'high' },
  { start: ABOVE_47_BITS, pages: 2048, executable: true, name: 'middle' },
  { start: 0x7f1234, pages: 2048, name: 'low' }
]
const PAGES = AREAS.flatMap(({ start }) => [start, start + 1, start + 513, start + 2047])
/** Apart in the bits that only level 5 sees. */
const LEVEL_5_SPAN = 512 ** 4

const DESIGNS = ENVIRONMENTS.flatMap((environment) =>
  ['radix', 'radix-3d', 'shadow', 'dmt', 'pvdmt', 'ecpt', 'ideal']
    .filter((design) => design !== 'radix-3d' || environment === 'nested')
    .filter((design) => !['pvdmt', 'shadow'].includes(design) || environment !== 'native')
    .map((design) => ({ environment, design }))
)

describe.each(DESIGNS)('$design, $environment, with five levels', ({ environment, design }) => {
  const input = { environment, lanes: [design], levels: 5, tea: { minVmaMiB: 1 } }

  it('reaches the right page at every end of the address space, by TLB and by walk', () => {
    const driven = aDrivenLane(input, AREAS)
    for (const kind of [LOAD, STORE, LOAD]) for (const page of PAGES) driven.touch({ page, kind })
    driven.touch({ page: ABOVE_47_BITS + 5, kind: FETCH })
    const { lane, machine } = driven
    expect(lane.firstError).toBeNull()
    expect(lane.walksEver).toBeGreaterThanOrEqual(PAGES.length)
    checkTranslations(machine, PAGES)
  })

  it('records a walk under its whole address', () => {
    const driven = aDrivenLane(input, AREAS)
    driven.touch({ page: TOP + 7 })
    const walk = coldWalkOn(driven.machine, pageHigh(TOP + 7), pageLow(TOP + 7), 0xabc)
    expect(walk).toMatchObject({ outcome: 'translated', address: formatAddress(TOP + 7, 0xabc) })
    expect(walk.address).toBe('0xffffffff007abc')
  })
})

describe('walk caches with five levels', () => {
  const aRadixLane = (starts: readonly number[]) =>
    aDrivenLane(
      { environment: 'native', lanes: ['radix'], levels: 5 },
      starts.map((start) => ({ start, pages: 1024 }))
    )

  it('keep the level-5 entry, which leaves four reads', () => {
    const start = 3 * LEVEL_5_SPAN
    const driven = aRadixLane([start, start + 512 ** 3])
    const { machine } = driven
    driven.touch({ page: start })
    driven.touch({ page: start + 512 ** 3 })
    expect(machine.walk.references).toBe(4)
    const kept = machine.walkCaches.pwc[0].entries().filter((entry) => entry.level === 5)
    expect(kept.map((entry) => entry.page)).toEqual([start])
  })

  it('tell pages apart that differ in level 5 alone', () => {
    const starts = [1, 2, 200].map((n) => n * LEVEL_5_SPAN + 0x40000)
    const driven = aRadixLane(starts)
    for (const again of [0, 1]) for (const start of starts) driven.touch({ page: start + again })
    expect(driven.lane.firstError).toBeNull()
    checkTranslations(driven.machine, starts)
  })
})

describe('a trace above 47 bits', () => {
  const address = 2 ** 44 * 4096 - 0x10_0000
  const hex = (BigInt(2 ** 44) * 4096n - 0x10_0000n).toString(16)
  const text = `==1== Lackey, an example Valgrind tool\n S ${hex},8\n L ${hex},8\n`

  it('gets its areas there with five levels, and runs', async () => {
    const { source } = await openTraceSource({
      openTrace: () => Promise.resolve(aFile(text)),
      openMap: null,
      format: 'auto',
      levels: 5,
      loop: false,
      onProgress: () => undefined
    })
    const page = Math.floor(address / 4096)
    expect(source.areas.map((area) => [area.start <= page, area.start + area.pages > page])).toEqual([
      [true, true]
    ])
    const areas = source.areas.map(({ start, pages }) => ({ start, pages }))
    const driven = aDrivenLane({ environment: 'nested', lanes: ['radix-3d'], levels: 5 }, areas)
    for (const access of await take(source, 2)) driven.touch({ page: access.page, kind: access.kind })
    expect(driven.lane.firstError).toBeNull()
  })
})
