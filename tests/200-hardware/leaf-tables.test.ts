/** Guesses of where entries lie: while tables stay, they are what a walk would find. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LeafTables } from '@main/hardware/walker/leaf-tables'
import { frameHigh, frameLow, page, pageHigh, pageLow } from '@shared/address/address'
import { MAIN, aMachine } from '../builders/a-machine'

const chainOf = (machine: ReturnType<typeof aMachine>): LeafTables[] =>
  machine.stack.layers.reduce<LeafTables[]>((tables, { space }) => {
    const below = tables[0] ?? null
    return [new LeafTables(machine.stack.memory, space.table, machine.spec.levels, below), ...tables]
  }, [])

/** Frames of the page at each layer, innermost first, by the guesses. */
function framesOf(chain: readonly LeafTables[], p: number): number[] {
  let [high, low] = [pageHigh(p), pageLow(p)]
  return chain.map((tables) => {
    const frame = tables.frameIn(tables.tableOf(high, low), low)
    high = frameHigh(frame)
    low = frameLow(frame)
    return frame
  })
}

describe('leaf tables', () => {
  it.each([
    ['native', '4K', 4],
    ['virtualized', '4K', 5],
    ['virtualized', '2M', 4],
    ['nested', 'thp', 4],
    ['nested', '4K', 4]
  ])('%s, %s, %i levels: lead to the frames that the tables name', (environment, pageSize, levels) => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(MAIN.pages - 1), { minLength: 1, maxLength: 20 }), (offsets) => {
        const lanes = [environment === 'nested' ? 'radix-3d' : 'radix']
        const machine = aMachine({ environment, lanes, pageSize, hostPageSize: pageSize, levels })
        const chain = chainOf(machine)
        for (const offset of offsets) {
          const p = page(MAIN.start + offset)
          machine.stack.populate(p, true)
          const frames = framesOf(chain, p)
          let expected: number = p
          for (const [i, { space }] of [...machine.stack.layers].reverse().entries()) {
            expected = space.table.frameOf(expected)
            expect(frames[i]).toBe(expected)
          }
        }
      }),
      { numRuns: 10 }
    )
  })

  it('find nothing where nothing is mapped, also after a neighbour was found', () => {
    const machine = aMachine({ environment: 'native', lanes: ['radix'] })
    const [tables] = chainOf(machine)
    const [high, low] = [pageHigh(MAIN.start), pageLow(MAIN.start)]
    expect(tables.tableOf(high, low)).toBeLessThan(0)
    expect(tables.frameIn(tables.tableOf(high, low), low)).toBe(-1)
    machine.stack.populate(page(MAIN.start), true)
    expect(tables.tableOf(high, low)).toBeGreaterThan(0)
    expect(tables.frameIn(tables.tableOf(high, low + 1), low + 1)).toBe(-1)
  })

  it('ask again once they were told to forget, however often', () => {
    const machine = aMachine({ environment: 'native', lanes: ['radix'] })
    const [tables] = chainOf(machine)
    const p = page(MAIN.start)
    machine.stack.populate(p, true)
    const found = tables.tableOf(pageHigh(p), pageLow(p))
    for (let i = 0; i < 5000; i++) tables.forget()
    expect(tables.tableOf(pageHigh(p), pageLow(p))).toBe(found)
  })
})
