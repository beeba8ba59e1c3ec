/** x86 ANDs R/W and ORs XD over all levels of a layer's walk, whether a level is read or a walk cache spares it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hitOf, layerOf } from '@main/hardware/walker/walk'
import { indexAt, pageHigh, pageLow, type Frame, type Level } from '@shared/address/address'
import { NO_EXECUTE_HIGH, WRITABLE } from '@shared/arch/entry'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { Machine } from '@main/lab/machine'
import { aMachine } from '../builders/a-machine'

const PAGE = 0x7f1234500
/** In the same level-2 table, so that the walk cache of level 3 serves it. */
const NEIGHBOUR = PAGE + 512

interface Denial {
  readonly layer: number
  /** Of the entry that is changed: 1 is the leaf. */
  readonly level: number
  readonly takes: 'write' | 'execute'
}

const ENVIRONMENTS = [
  ['native', 0],
  ['virtualized', 1],
  ['nested', 2]
] as const

const anArea = [{ start: PAGE - 0x500, pages: 4096, writable: true, executable: true }]

function mapped(environment: string, levels: 4 | 5, design = 'radix'): Machine {
  const machine = aMachine({ environment, levels, lanes: [design], tea: { minVmaMiB: 1 } }, anArea)
  for (const page of [PAGE, NEIGHBOUR]) machine.stack.populate(page, true)
  return machine
}

/** The page as the layer's table is asked for it: the frame that the layer above maps it to. */
function pageIn(machine: Machine, layer: number): number {
  let page = PAGE
  for (let k = machine.stack.layers.length - 1; k > layer; k--)
    page = machine.stack.layers[k].space.table.frameOf(page)
  return page
}

function deny(machine: Machine, { layer, level, takes }: Denial): void {
  const { space, entries } = machine.stack.layers[layer]
  const page = pageIn(machine, layer)
  const table = space.table.tableOf(page, level as Level) as Frame
  const index = indexAt(pageHigh(page), pageLow(page), level)
  const [low, high] = [entries.low(table, index), entries.high(table, index)]
  entries.write(
    table,
    index,
    takes === 'write' ? low & ~WRITABLE : low,
    takes === 'execute' ? high | NO_EXECUTE_HIGH : high
  )
}

/** Layer that faults by protection, or null when the access goes through. */
function faultOf(machine: Machine, access: number, page = PAGE): number | null {
  const { walk } = machine
  walk.begin()
  if (machine.stage.translate(pageHigh(page), pageLow(page), access) >= 0) return null
  expect(walk.faultIsProtection).toBe(true)
  return walk.faultLayer
}

const reads = (machine: Machine, page: number): number => {
  machine.walk.begin()
  machine.stage.translate(pageHigh(page), pageLow(page), LOAD)
  return machine.walk.references
}

for (const levels of [4, 5] as const) {
  describe.each(ENVIRONMENTS)(`permissions of %s walks of ${levels} levels`, (environment, top) => {
    const layers = environment === 'nested' ? [2] : Array.from({ length: top + 1 }, (_, k) => k)
    const cases = layers.flatMap((layer) =>
      Array.from({ length: levels }, (_, i) =>
        (['write', 'execute'] as const).map((takes): Denial => ({ layer, level: i + 1, takes }))
      ).flat()
    )

    it.each(cases)('are denied by an entry of layer $layer, level $level: $takes', (denial) => {
      const machine = mapped(environment, levels)
      deny(machine, denial)
      const [denied, other] = denial.takes === 'write' ? [STORE, FETCH] : [FETCH, STORE]
      for (const state of ['cold', 'with what the walk before has left']) {
        expect(faultOf(machine, denied), state).toBe(denial.layer)
        expect(faultOf(machine, other), state).toBe(null)
        expect(faultOf(machine, LOAD), state).toBe(null)
        const { writable, executable } = machine.walk
        expect([writable, executable], state).toEqual(
          denial.takes === 'write' ? [false, true] : [true, false]
        )
      }
    })

    it('let a walk-cache hit at level k leave k - 1 reads of the innermost table', () => {
      const machine = mapped(environment, levels)
      deny(machine, { layer: top, level: levels, takes: 'write' })
      expect(reads(machine, PAGE)).toBeGreaterThan(0)
      const innermost = (page: number): number => {
        reads(machine, page)
        const { start, end, steps } = machine.walk
        return steps.slice(start, end).filter((step) => layerOf(step) === top && hitOf(step) > 1).length
      }
      expect(innermost(PAGE)).toBe(1)
      expect(innermost(NEIGHBOUR)).toBe(2)
      expect(faultOf(machine, STORE, NEIGHBOUR)).toBe(top)
    })
  })
}

describe('permissions of walks', () => {
  it('are those of all entries together, whichever deny what', () => {
    const bits = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(bits, (denials) => {
        const machine = mapped('native', 4)
        denials.forEach(([write, execute], i) => {
          if (write) deny(machine, { layer: 0, level: i + 1, takes: 'write' })
          if (execute) deny(machine, { layer: 0, level: i + 1, takes: 'execute' })
        })
        const isDenied = (which: 0 | 1): boolean => denials.some((one) => one[which])
        for (let again = 0; again < 2; again++) {
          expect(faultOf(machine, STORE)).toBe(isDenied(0) ? 0 : null)
          expect(faultOf(machine, FETCH)).toBe(isDenied(1) ? 0 : null)
        }
        const kept = machine.walkCaches.pwc[0].entries().filter((e) => e.page <= PAGE)
        for (const { level, writable, executable } of kept) {
          expect(writable).toBe(!denials.slice(level - 1).some(([write]) => write))
          expect(executable).toBe(!denials.slice(level - 1).some(([, execute]) => execute))
        }
        expect(kept).toHaveLength(3)
      }),
      { numRuns: 40 }
    )
  })

  it('are those of the leaf alone where a register finds it', () => {
    const machine = mapped('native', 4, 'dmt')
    deny(machine, { layer: 0, level: 3, takes: 'write' })
    expect(faultOf(machine, STORE)).toBe(null)
    expect(machine.walk.references).toBe(1)
    deny(machine, { layer: 0, level: 1, takes: 'write' })
    expect(faultOf(machine, STORE)).toBe(0)
  })
})
