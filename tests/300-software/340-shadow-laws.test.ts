/**
 * Shadow tables under random histories: a guest that touches, protects, unmaps and samples its pages, and hypervisors
 * that move them. What a shadow says is what the tables behind it say, and every access reaches the page, with the
 * permissions, that it reaches where nothing is shadowed.
 */
import { Violations } from '@main/software/invariants/violations'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSED, DIRTY } from '@shared/arch/entry'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import { MAIN, aDrivenLane, type AreaInput, type DrivenLane } from '../builders/a-machine'
import {
  checkShadow,
  clearFlags,
  joinPages,
  movePage,
  pageAt,
  splitPage,
  unmapPage
} from '../builders/shadow-laws'
import { smallMemory } from '../builders/small-memory'
import { checkMemory, checkTranslations, pinnedFrames } from '../builders/stack-laws'

interface Step {
  readonly kind:
    'load' | 'store' | 'fetch' | 'unmap' | 'sample' | 'clean' | 'flush' | 'move' | 'join' | 'split'
  readonly at: number
  readonly layer: number
}

const AREAS: readonly AreaInput[] = [
  { ...MAIN, pages: 3000 },
  { ...MAIN, start: MAIN.start + 3000, pages: 600, writable: false, name: 'constants' },
  { ...MAIN, start: MAIN.start + 3700, pages: 40, writable: false, executable: true, name: 'text' }
]
/** Few pages, so that histories meet: near each other, in other regions, in each area. */
const PAGES = [0, 1, 2, 700, 701, 1500, 2047, 2999, 3000, 3001, 3599, 3700, 3739].map((p) => MAIN.start + p)

const KINDS_OF_STEPS: readonly Step['kind'][] = [
  ...(['load', 'load', 'store', 'store', 'fetch', 'unmap', 'sample', 'clean', 'flush'] as const),
  ...(['move', 'move', 'join', 'split'] as const)
]

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS_OF_STEPS),
  at: fc.nat(PAGES.length - 1),
  layer: fc.nat(2)
})

const scene = fc.record({
  environment: fc.constantFrom('virtualized' as const, 'nested' as const),
  pageSize: fc.constantFrom('4K', '4K', '2M', 'thp'),
  hostPageSize: fc.constantFrom('4K', '4K', '4K', '2M', '2M', 'thp', '1G'),
  fragmentation: fc.constantFrom(0, 0.9, 1),
  levels: fc.constantFrom(4, 4, 5),
  agile: fc.record({
    nestedLevels: fc.constantFrom(-1, -1, -1, 0, 1, 2, 3, 4),
    interval: fc.integer({ min: 3, max: 30 }),
    writes: fc.integer({ min: 1, max: 3 })
  }),
  steps: fc.array(step, { minLength: 5, maxLength: 60 })
})

const KINDS = { load: LOAD, store: STORE, fetch: FETCH } as const

function perform(driven: DrivenLane, { kind, at, layer }: Step): void {
  const { machine } = driven
  const page = PAGES[at]
  if (kind === 'load' || kind === 'store' || kind === 'fetch')
    return driven.touch({ page, kind: KINDS[kind] })
  if (kind === 'unmap') return unmapPage(machine, page)
  if (kind === 'sample') return clearFlags(machine, page, ACCESSED)
  if (kind === 'clean') return clearFlags(machine, page, DIRTY)
  if (kind === 'flush') return machine.stack.inner.shootdown()
  const k = layer % machine.stack.layers.length
  const mine = pageAt(machine, k, page)
  if (mine < 0) return
  if (kind === 'join') joinPages(machine, k, mine)
  else if (kind === 'split') splitPage(machine, k, mine)
  else movePage(machine, k, mine)
}

/** Pages that the shadow in use translates: the innermost's, or for EPT02 those of L2's memory. */
function shadowedPages({ machine }: DrivenLane): number[] {
  const shadow = machine.stack.shadow
  if (shadow === null) return []
  const isOfProcess = shadow.chain.length === machine.stack.layers.length
  return isOfProcess ? PAGES : PAGES.map((page) => pageAt(machine, 1, page)).filter((page) => page >= 0)
}

/** Where shadows of processes are not at home everywhere. */
const ENVIRONMENT: Record<string, 'virtualized' | 'nested'> = {
  agile: 'virtualized',
  radix: 'nested',
  dmt: 'nested'
}

const count = ({ machine }: DrivenLane, id: keyof typeof COUNTER_INDEX): number =>
  machine.ledger.counters[COUNTER_INDEX[id]]

describe('shadow tables under any history of their guest and their hypervisors', () => {
  it.each([
    ['shadow', 40],
    ['agile', 40],
    ['radix', 15],
    ['dmt', 15]
  ])('%s says what the tables behind it say, and reaches what plain walks reach', (design, numRuns) => {
    let entries = 0
    fc.assert(
      fc.property(scene, ({ steps, ...spec }) => {
        const environment = ENVIRONMENT[design] ?? spec.environment
        const memory = smallMemory({ ...spec, environment }, 128)
        const input = { ...spec, environment, tea: { minVmaMiB: 0 }, memory }
        const driven = aDrivenLane({ ...input, lanes: [design] }, AREAS)
        const plain = aDrivenLane({ ...input, lanes: ['ideal'] }, AREAS)
        const found = new Violations()
        const pinned = pinnedFrames(driven.machine)
        for (const one of steps) {
          perform(driven, one)
          perform(plain, one)
          const { shadow } = driven.machine.stack
          if (shadow) entries += checkShadow(shadow, shadowedPages(driven), shadow.isOfProcess)
          shadow?.support?.check(found)
          expect(driven.lane.firstError).toBeNull()
          expect([driven.lane.hashA, driven.lane.hashB]).toEqual([plain.lane.hashA, plain.lane.hashB])
        }
        expect(found.told).toEqual([])
        expect(count(driven, 'shadowExits')).toBeLessThanOrEqual(count(driven, 'vmExits'))
        expect(count(plain, 'shadowExits') + count(plain, 'shadowSyncs') + count(plain, 'shadowFills')).toBe(
          0
        )
        if (spec.pageSize === '4K' && spec.hostPageSize === '4K') checkMemory(driven.machine, pinned)
        checkTranslations(driven.machine, mapped(driven))
      }),
      { numRuns, seed: 5 }
    )
    expect(entries).toBeGreaterThan(60)
  })
})

/** Pages that are mapped in every layer now. */
const mapped = ({ machine }: DrivenLane): number[] =>
  PAGES.filter((page) => machine.stack.oracleFrame(page) > 0 && pageAt(machine, 0, page) >= 0)
