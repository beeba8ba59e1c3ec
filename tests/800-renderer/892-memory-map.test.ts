import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FRAME_OWNERS } from '@shared/model/physical-map'
import {
  cellFrames,
  cellWords,
  framesOf,
  inColumns,
  inRows,
  ownerOfCell,
  ownerOutlines
} from '@renderer/memory/map-cells'
import { machineMarks } from '@renderer/memory/machine-marks'
import { coveredShare } from '@renderer/memory/coverage'
import { aLayer, aMap, aMemoryLook, aTea } from '../builders/a-memory-look'

const aCell = fc.record(
  Object.fromEntries(FRAME_OWNERS.map((owner) => [owner, fc.nat({ max: 64 })])) as Record<
    (typeof FRAME_OWNERS)[number],
    fc.Arbitrary<number>
  >
)
const cells = fc.array(aCell, { minLength: 1, maxLength: 40 })
const drawn = (outline: string): number => outline.match(/M/g)?.length ?? 0

describe('a map of physical memory', () => {
  it('draws every cell once, whatever lies in it', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 16 }), (all, columns) => {
        const outlines = ownerOutlines(aMap(512, all), inRows(all.length, columns), 0.1)
        expect(outlines.reduce((sum, outline) => sum + drawn(outline), 0)).toBe(all.length)
      })
    )
  })

  it('gives a cell to whoever has most of it, and a TEA the cell it lies in', () => {
    const map = aMap(100, [{ data: 60, free: 40 }, { data: 99, tea: 1 }, { free: 100 }])
    expect([0, 1, 2].map((cell) => FRAME_OWNERS[ownerOfCell(map, cell)])).toEqual(['data', 'tea', 'free'])
  })

  it('reads a cell out by frames and shares', () => {
    const map = aMap(0x100, [{ free: 0x100 }, { data: 0xc0, free: 0x40 }])
    expect(cellWords(map, 1).replaceAll('\u00a0', ' ')).toBe('frames 0x100 to 0x1ff: 75 % Data, 25 % Free')
  })

  it('ends the last cell at the last frame', () => {
    const map = { ...aMap(0x100, [{ free: 0x100 }, { free: 0x20 }]), frames: 0x120 }
    expect(cellFrames(map, 1)).toEqual({ first: 0x100, last: 0x11f })
    expect(framesOf(map, 1)[0]).toBe(0x20)
  })

  it('has no two cells in one place, in rows or in columns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 64 }), (count, lines) => {
        for (const layout of [inRows(count, lines), inColumns(count, lines)]) {
          const places = Array.from({ length: count }, (_, cell) => layout.placeOf(cell))
          expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(count)
          expect(places.every(({ x, y }) => x < layout.columns && y < layout.rows)).toBe(true)
        }
      })
    )
  })
})

describe('marks of the machine', () => {
  it('stand where the largest TEA of each layer begins', () => {
    const machine = aMap(512, [{ free: 512 }, { free: 512 }])
    const look = aMemoryLook([
      aLayer('L1', { teas: [aTea({ machine: [{ frame: 768, frames: 8 }] })] }),
      aLayer('L0', { teas: [], physical: machine })
    ])
    expect(machineMarks(look)).toEqual([{ layer: 'L1', at: 0.75, beside: 0 }])
  })
})

describe('the share that registers cover', () => {
  it('is covered by mapped bytes, and 0 where nothing is mapped', () => {
    expect(coveredShare(aLayer('L0', { mappedBytes: 400, coveredBytes: 100 }))).toBe(0.25)
    expect(coveredShare(aLayer('L0', { mappedBytes: 0, coveredBytes: 0 }))).toBe(0)
  })
})
