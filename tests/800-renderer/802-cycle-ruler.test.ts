import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { cycleRuler } from '@renderer/walk/cycle-ruler'
import { aWalk, coverage, dmt, nestedRadix3d, nestedPvdmt, pvdmt } from '../builders/walk-records'

const radix = aWalk()

describe('the cycle ruler', () => {
  it('lays the steps end to end, from zero to the end of the walk', () => {
    for (const record of [radix, pvdmt(), nestedRadix3d(), coverage('DR')]) {
      const lane = cycleRuler([record], record.cycles).lanes[0]
      const widths = lane?.blocks.reduce((sum, block) => sum + block.width, 0)
      expect(widths).toBeCloseTo(lane?.end ?? NaN, 6)
      lane?.blocks.slice(1).forEach((block, i) => {
        expect(block.left).toBeCloseTo(lane.blocks[i].left + lane.blocks[i].width, 6)
      })
    }
  })

  it('gives both lanes one scale: widths are as the cycles', () => {
    const [a, b] = cycleRuler([radix, dmt()], 0).lanes
    expect((a?.end ?? 0) / (b?.end ?? 1)).toBeCloseTo((a?.cycles ?? 0) / (b?.cycles ?? 1), 6)
  })

  it('keeps everything on the axis, for any pair', () => {
    const modes = fc.string({ unit: fc.constantFrom('R', 'D', 'P'), minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(modes, modes, (a, b) => {
        const ruler = cycleRuler([coverage(a), coverage(b)], 0)
        for (const lane of ruler.lanes) expect(lane?.end).toBeLessThanOrEqual(100)
        for (const tick of ruler.ticks) expect(tick.left).toBeLessThanOrEqual(100)
      })
    )
  })

  it('marks what lies ahead of the playhead', () => {
    const now = radix.steps[19].cyclesSoFar
    const [a, b] = cycleRuler([radix, pvdmt()], now).lanes
    expect(a?.blocks.filter((block) => block.isDone)).toHaveLength(20)
    expect(a?.isFinished).toBe(false)
    expect(b?.isFinished).toBe(true)
  })

  it('labels only the blocks that have room', () => {
    const lane = cycleRuler([nestedRadix3d(), nestedPvdmt()], 0).lanes[0]
    for (const block of lane?.blocks ?? []) {
      if (block.label !== '') expect(block.width).toBeGreaterThan(block.label.length)
    }
    expect(cycleRuler([radix], 0).lanes[0]?.blocks[19].label).toBe('20')
  })

  it('leaves out the ticks that the playhead covers', () => {
    const ruler = cycleRuler([pvdmt({ hit: () => 'MEMORY' })], 200)
    expect(ruler.ticks.map((tick) => tick.value)).not.toContain(200)
    expect(ruler.ticks.map((tick) => tick.value)).toContain(0)
  })

  it('a lane without a walk, and a walk without steps, have no blocks', () => {
    const empty = { ...radix, steps: [], cycles: 0 }
    const ruler = cycleRuler([null, empty], 0)
    expect(ruler.lanes[0]).toBeNull()
    expect(ruler.lanes[1]?.blocks).toEqual([])
  })
})
