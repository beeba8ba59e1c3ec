/** Reading ahead is for speed alone: no result knows whether it was done. */
import { describe, expect, it } from 'vitest'
import { DESIGNS } from '@main/designs'
import { ENVIRONMENTS } from '@shared/model/environment'
import { PROFILES } from '@shared/profiles'
import type { LaneResult } from '@shared/model/result'
import { LoadPass, SLICE } from '@main/lab/load-pass'
import { MAIN, aMachine } from '../builders/a-machine'
import { aBatch } from '../builders/a-stream'
import { aLane, runLane, smallSpec } from '../builders/a-lane'
import { page, pageHigh, pageLow } from '@shared/address/address'

const WHOLE = [65_536]
const PIECES = [1, 7, 64, 1, 1, 500]

/** Verified references go another way through the lane than the others; huge pages are quick to check. */
const sizes: { pageSize: string; verify: boolean; ways: [loadPass: string, slices: number[]][] }[] = [
  {
    pageSize: '4K',
    verify: false,
    ways: [
      ['on', WHOLE],
      ['auto', WHOLE],
      ['on', PIECES]
    ]
  },
  { pageSize: 'thp', verify: true, ways: [['on', PIECES]] }
]

const profiles = PROFILES.map(({ id }) => id)
const cases = ENVIRONMENTS.flatMap((environment) =>
  profiles.map((profile) => [environment, profile] as const)
)

async function resultOf(
  input: Record<string, unknown>,
  loadPass: string,
  slices: number[]
): Promise<LaneResult> {
  const spec = smallSpec({ ...input, references: 2000, engine: { loadPass } })
  return runLane(aLane(spec), slices)
}

describe('the load pass', () => {
  it.each(cases)('%s, %s: changes no result of any design, run or stepped', async (environment, profile) => {
    for (const { info } of DESIGNS.filter((design) => design.info.environments.includes(environment))) {
      for (const { pageSize, verify, ways } of sizes) {
        const input = {
          environment,
          profile,
          lanes: [info.id],
          pageSize,
          hostPageSize: pageSize,
          verify,
          workload: 'zipf'
        }
        const without = await resultOf(input, 'off', WHOLE)
        expect(without.counters.walks).toBeGreaterThan(0)
        for (const [loadPass, slices] of ways)
          expect(await resultOf(input, loadPass, slices)).toEqual(without)
      }
    }
  })

  it('goes on by itself where the TLB misses often, and off where it does not', () => {
    const pass = new LoadPass(aMachine())
    expect(pass.isOn).toBe(false)
    for (let i = 0; i < 100; i++) pass.observe(SLICE)
    expect(pass.isOn).toBe(true)
    for (let i = 0; i < 100; i++) pass.observe(0)
    expect(pass.isOn).toBe(false)
  })

  it.each(['on', 'off'] as const)('stays %s when told so', (loadPass) => {
    const pass = new LoadPass(aMachine({ engine: { loadPass } }))
    for (const misses of [0, SLICE, 0]) {
      for (let i = 0; i < 100; i++) pass.observe(misses)
      expect(pass.isOn).toBe(loadPass === 'on')
    }
  })

  it('maps nothing: pages that no table holds are passed over', () => {
    const machine = aMachine({ engine: { loadPass: 'on' } })
    const pass = new LoadPass(machine)
    const batch = aBatch(2)
    const mapped = page(MAIN.start + 7)
    machine.stack.populate(mapped, true)
    const before = machine.stack.memory.framesInUse
    for (const [i, p] of [mapped, page(MAIN.start + 20_000)].entries()) {
      batch.high[i] = pageHigh(p)
      batch.low[i] = pageLow(p)
    }
    pass.load(batch, 0, 2)
    expect(machine.stack.memory.framesInUse).toBe(before)
    expect(machine.tlb.peek(false, batch.high[0], batch.low[0], machine.context)).toBe(0)
  })
})
