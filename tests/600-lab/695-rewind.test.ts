/** Going back: a lane that is put back goes the same way again, to the last bit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DESIGNS } from '@main/designs'
import { checkMachine } from '@main/lab/invariants'
import { Checkpoint } from '@main/lab/rewind/checkpoint'
import { aLane, runLane, smallSpec } from '../builders/a-lane'
import { Life, aSetting, anEvent } from '../builders/living'

const NOTHING_BESIDE = {}
/** Buffer that holds a stream's first accesses. */
const FIRST_BATCH = 1

/** The deepest environment that a design has. */
const deepest = (environments: readonly string[]): string =>
  ['nested', 'virtualized', 'native'].find((one) => environments.includes(one)) ?? ''

describe('a checkpoint', () => {
  it('puts fields, lists, maps, sets and bytes back into the same objects', () => {
    const words = new Uint32Array(100_000)
    const inner = { list: [1, 2, 3], map: new Map([['a', { n: 1 }]]), set: new Set([1]), words }
    const root: Record<string, unknown> = { inner, self: null, view: new DataView(words.buffer, 8) }
    root.self = root
    words[7] = 7
    const checkpoint = new Checkpoint(root, NOTHING_BESIDE)
    const first = inner.map.get('a')
    for (let again = 0; again < 2; again++) {
      root.more = 1
      inner.list.length = 0
      inner.map.delete('a')
      inner.map.set('b', { n: 2 })
      if (first) first.n = 9
      inner.set.add(2)
      words.fill(5)
      root.inner = null
      checkpoint.restore()
      expect(root.inner).toBe(inner)
      expect(Object.keys(root)).toEqual(['inner', 'self', 'view'])
      expect(inner.list).toEqual([1, 2, 3])
      expect([...inner.map]).toEqual([['a', { n: 1 }]])
      expect(inner.map.get('a')).toBe(first)
      expect([...inner.set]).toEqual([1])
      expect(words.findIndex((word, i) => word !== (i === 7 ? 7 : 0))).toBe(-1)
    }
  })

  it('refuses what it could not put back', () => {
    expect(() => new Checkpoint({ seen: new WeakSet() }, NOTHING_BESIDE)).toThrow(/WeakSet/)
  })
})

describe('a lane', () => {
  it.each(DESIGNS.map(({ info }) => info))(
    '$id: goes on from where it was put back as if it had never left',
    async ({ id, environments, lacks }) => {
      const spec = smallSpec({
        environment: deepest(environments),
        lanes: [id],
        workload: 'zipf',
        references: 2000,
        verify: false,
        pageSize: lacks?.pageSizes.includes('thp') ? '4K' : 'thp',
        thp: { scanEvery: 100 },
        cpu: { wrongPathEvery: 50 }
      })
      const straight = await runLane(aLane(spec), [1000])
      const lane = aLane(spec)
      await lane.feed(700)
      lane.session.keep(0)
      for (const end of [1900, 900]) {
        lane.session.run(FIRST_BATCH, 700, end)
        lane.session.goBack(0)
      }
      expect(await runLane(lane, [500])).toEqual(straight)
    }
  )
})

describe('a machine on which processes live', () => {
  it('lives the same way again from where it was put back', () => {
    const events = fc.array(anEvent, { minLength: 10, maxLength: 30 })
    fc.assert(
      fc.property(aSetting, events, events, (setting, before, after) => {
        const life = new Life(setting)
        life.play(before)
        const checkpoint = new Checkpoint(life, NOTHING_BESIDE)
        const told = (): unknown => [
          [...life.machine.ledger.counters],
          life.lane.hashA,
          life.lane.hashB,
          life.machine.stack.memoryUse(),
          life.machine.ledger.eventsAfter(0, 1000),
          life.isOver
        ]
        life.play(after)
        const first = told()
        checkpoint.restore()
        expect(checkMachine(life.machine).told).toEqual([])
        life.play(after)
        expect(told()).toEqual(first)
        expect(checkMachine(life.machine).told).toEqual([])
      }),
      { numRuns: 20, seed: 1 }
    )
  })
})
