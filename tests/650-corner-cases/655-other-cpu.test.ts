/** What another CPU sees while an address space changes: a fetch by a register does not look at the entries above. */
import { describe, expect, it } from 'vitest'
import { mustHold } from '@main/lab/invariants'
import { pageHigh, pageLow } from '@shared/address/address'
import { STORE } from '@shared/model/access'
import { ADVICE, type Advice, type OperationId } from '@shared/model/operation'
import { aDrivenLane, type DrivenLane } from '../builders/a-machine'
import { count } from '../builders/coop-state'

const REGION = 512
const START = 0x7f0000000
/** Ends inside a region, so that small pages bring the area of the 4K class. */
const AREA = { start: START, pages: 16 * REGION + 100, name: 'main' }
const PAGE = START + 5
const FAR = START + 1000 * REGION
const advice = (name: Advice): number => ADVICE.indexOf(name)

type Change = readonly [what: string, prepare: Advice, operation: OperationId, args: readonly number[]]
const CHANGES: readonly Change[] = [
  ['a collapse to a huge page', 'nohugepage', 'madvise', [START, REGION, advice('collapse')]],
  ['a split of a huge page', 'hugepage', 'madvise', [START, 1, advice('split')]],
  ['a move of small pages', 'nohugepage', 'mremap', [START, REGION, FAR, REGION]],
  ['a move of a huge page', 'hugepage', 'mremap', [START, REGION, FAR, REGION]],
  ['an unmapping', 'nohugepage', 'munmap', [START, 2 * REGION]],
  ['a loss of the right to write', 'nohugepage', 'mprotect', [START, REGION, 0]]
]

/** A lane of two CPUs, both of which have walked to the page. */
function prepared(environment: string, design: string, prepare: Advice): DrivenLane {
  const input = { environment, lanes: [design], pageSize: 'thp', cpu: { count: 2 }, tea: { minVmaMiB: 1 } }
  const driven = aDrivenLane(input, [AREA])
  driven.operate('madvise', START, REGION, advice(prepare))
  driven.touch({ page: START + AREA.pages - 1, kind: STORE })
  driven.operate('run', 1, 0)
  for (let i = 0; i < 40; i++) driven.touch({ page: START + i, kind: STORE })
  driven.operate('run', 0, 0)
  driven.touch({ page: PAGE, kind: STORE })
  return driven
}

/** A store by the CPU that does not make the change: the frame it reaches, or a negative number. */
function reachedByOther({ machine }: DrivenLane): number {
  machine.walk.begin()
  return machine.cpus[1].stage.translate(pageHigh(PAGE), pageLow(PAGE), STORE)
}

describe.each([
  ['native', 'dmt'],
  ['virtualized', 'pvdmt']
])('G17 entries that another CPU fetches past the entry above, %s %s', (environment, design) => {
  it.each(CHANGES)(
    '%s: it reaches the page of the tables or faults, and no frame that is free',
    (...change) => {
      const [, prepare, operation, args] = change
      const driven = prepared(environment, design, prepare)
      const { inner } = driven.machine.stack
      const { space } = inner
      const { onInvalidate, onShootdown } = inner
      let looks = 0
      const look = (): void => {
        looks++
        const reached = reachedByOther(driven)
        const mapped = driven.machine.stack.oracleFrame(PAGE)
        if (reached >= 0) expect([reached, space.table.frameOf(PAGE) >= 0]).toEqual([mapped, true])
      }
      inner.onInvalidate = (...told) => {
        onInvalidate(...told)
        look()
      }
      inner.onShootdown = () => {
        onShootdown()
        look()
      }
      driven.operate(operation, ...args)
      look()
      expect(looks).toBeGreaterThan(1)
      mustHold(driven.machine)
    }
  )
})

describe('G5 a heap that brk grows past the end of its area', () => {
  it.each([
    ['native', 'dmt'],
    ['virtualized', 'pvdmt'],
    ['nested', 'pvdmt']
  ])('%s %s: registers cover what it gained, on every CPU', (environment, design) => {
    const pages = 32 * REGION
    const driven = aDrivenLane({ environment, lanes: [design], cpu: { count: 2 } }, [
      { start: START, pages, name: 'heap' }
    ])
    const { machine } = driven
    driven.touch({ page: PAGE, kind: STORE })
    driven.operate('brk', START + pages + 8 * REGION)
    const gained = START + pages + 3 * REGION
    driven.touch({ page: gained, kind: STORE })
    driven.operate('run', 1, 0)
    for (const page of [PAGE, gained]) driven.touch({ page, kind: STORE })
    expect([count(machine, 'dmtWalks'), count(machine, 'fallbackWalks')]).toEqual([4, 0])
    expect([machine.stack.inner.space.teas.teas.length, count(machine, 'tablesOutside')]).toEqual([1, 0])
    expect(driven.lane.firstError).toBeNull()
    mustHold(machine)
  })
})
