import { describe, expect, it } from 'vitest'
import { neighbour } from '@renderer/walk/grid-focus'
import { gridSpots } from '@renderer/walk/grid-spots'
import { gridTracks, isLowView } from '@renderer/walk/grid-tracks'
import { soFar } from '@renderer/walk/so-far'
import { nextStep, previousStep, type StepCursor } from '@renderer/walk/step-cursor'
import { cachedWords, shownAddress, stepNote, stepPlace, stepState } from '@renderer/walk/step-words'
import { walkGrid } from '@renderer/walk/walk-grid'
import {
  aWalk,
  dmt,
  mixedSizes,
  nativeDmt,
  nativeRadix,
  nestedPvdmt,
  nestedRadix3d,
  pvdmt,
  spared
} from '../builders/walk-records'

const radix = aWalk()
const register = pvdmt({ hit: () => 'MEMORY' })

describe('so far', () => {
  it('at the end holds every reference and every cycle of both lanes', () => {
    for (const records of [
      [radix, register],
      [nestedRadix3d(), dmt()],
      [aWalk({ wasted: true }), mixedSizes([1, 2])]
    ]) {
      const { rows, total } = soFar(records, Infinity)
      records.forEach((record, lane) => {
        expect(total[lane]).toEqual({ references: record.references, cycles: record.cycles })
        expect(rows.reduce((sum, row) => sum + row.lanes[lane].cycles, 0)).toBe(record.cycles)
        const counted = rows.filter((row) => row.level !== null)
        expect(counted.reduce((sum, row) => sum + row.lanes[lane].references, 0)).toBe(record.references)
      })
    }
  })

  it('counts what has ended at the playhead', () => {
    const { total } = soFar([radix, register], radix.steps[9].cyclesSoFar)
    expect(total[0].references).toBe(10)
    expect(soFar([radix, null], 0).total).toEqual([
      { references: 0, cycles: 0 },
      { references: 0, cycles: 0 }
    ])
  })

  it('tells a read from the register match before it, as the legend does', () => {
    const found = { ...register.steps[0], hit: 'MEMORY' as const, cycles: 200, cyclesSoFar: 201 }
    const { rows } = soFar([{ ...register, steps: [found] }], Infinity)
    const cycles = Object.fromEntries(rows.map((row) => [row.word, row.lanes[0].cycles]))
    expect(cycles).toMatchObject({ Memory: 200, 'Register match': 1 })
  })

  it('shows register matches, walk caches and waste only where there are some', () => {
    const words = (...records: Parameters<typeof soFar>[0]): string[] =>
      soFar(records, Infinity).rows.map((row) => row.word)
    expect(words(radix)).toEqual(['L1 cache', 'L2 cache', 'LLC', 'Memory'])
    expect(words(radix, register)).toContain('Register match')
    expect(words(aWalk({ wasted: true }))).toContain('Wasted')
    const warm = spared(radix, (step) => (step.level === 4 ? 'PWC' : step.hit))
    expect(words(warm)[0]).toBe('Walk cache')
    expect(soFar([warm], Infinity).rows[0].lanes[0].references).toBe(0)
  })
})

describe('stepping', () => {
  const walkOn = (records: Parameters<typeof nextStep>[0], from: StepCursor): StepCursor[] => {
    const next = nextStep(records, from)
    return next ? [next, ...walkOn(records, next)] : []
  }

  it('passes every step of the lane it is in', () => {
    expect(walkOn([radix, register], { lane: 0, n: 1 }).map((cursor) => cursor.n)).toEqual(
      Array.from({ length: 23 }, (_, i) => i + 2)
    )
  })

  it('goes on with what the other lane still does', () => {
    const [next] = walkOn([register, nestedRadix3d({ hit: () => 'MEMORY' })], { lane: 0, n: 2 })
    expect(next).toEqual({ lane: 1, n: 3 })
  })

  it('ends with both lanes, and begins with the first step', () => {
    expect(nextStep([radix, register], { lane: 0, n: 24 })).toBeNull()
    expect(previousStep([radix, register], { lane: 0, n: 1 })).toBeNull()
    expect(previousStep([radix, register], { lane: 0, n: 5 })).toEqual({ lane: 0, n: 4 })
    expect(nextStep([null, null], null)).toBeNull()
  })
})

describe('arrow keys', () => {
  const [section] = walkGrid([radix, register]).sections
  const spots = gridSpots(section)
  const at = (lane: number, n: number) => spots.filter((spot) => spot.lane === lane && spot.n === n)[0]
  const press = (lane: number, n: number, key: string): string => {
    const to = neighbour(spots, at(lane, n), key)
    return to ? `${to.lane}.${to.n}` : 'nowhere'
  }

  it('move along the row and over to the other lane', () => {
    expect(press(0, 18, 'ArrowRight')).toBe('0.19')
    expect(press(0, 20, 'ArrowRight')).toBe('1.1')
    expect(press(1, 1, 'ArrowLeft')).toBe('0.20')
    expect(press(0, 1, 'ArrowLeft')).toBe('nowhere')
  })

  it('move between rows, staying near their column', () => {
    expect(press(0, 3, 'ArrowDown')).toBe('0.8')
    expect(press(0, 20, 'ArrowDown')).toBe('0.24')
    expect(press(1, 2, 'ArrowUp')).toBe('1.1')
    expect(press(0, 24, 'ArrowDown')).toBe('nowhere')
  })

  it('home and end are the lane’s first and last step; other keys are not the grid’s', () => {
    expect(press(0, 12, 'Home')).toBe('0.1')
    expect(press(0, 12, 'End')).toBe('0.24')
    expect(press(0, 12, 'Tab')).toBe('nowhere')
  })
})

describe('where the register card stands', () => {
  const places = (...records: Parameters<typeof walkGrid>[0]): string[] => {
    const grid = walkGrid(records)
    return gridTracks(grid, grid.sections[0]).lanes.map((lane) => lane.cards)
  }

  it('in the rows that the lane does not walk', () => {
    expect(places(radix, register)).toEqual(['none', 'free rows'])
    expect(places(register, radix)).toEqual(['free rows', 'none'])
  })

  it('above the rows where both lanes have one, below a single row', () => {
    expect(places(dmt(), register)).toEqual(['head', 'head'])
    expect(places(nativeRadix(), nativeDmt())).toEqual(['none', 'foot'])
  })

  it('has as many tracks as lines are used', () => {
    for (const records of [
      [radix, register],
      [radix, radix],
      [dmt(), register],
      [nativeRadix(), nativeDmt()],
      [null, radix]
    ]) {
      const grid = walkGrid(records)
      const tracks = gridTracks(grid, grid.sections[0])
      const rows = tracks.rows.match(/minmax\([^)]*\)|\d+px(?![^(]*\))/g) ?? []
      expect(
        Math.max(...tracks.rowLines, tracks.lanes.some((l) => l.cards === 'foot') ? tracks.cardLine : 0)
      ).toBe(rows.length)
      const columns = tracks.columns.match(/minmax\([^)]*\)|\d+px/g) ?? []
      expect(tracks.lanes.at(-1)?.to).toBe(columns.length + 1)
    }
  })
})

describe('a view too low for rows of the usual height', () => {
  /** What a window of 800 px leaves to the grid below an answer of two lines; tabs of planes stand above the last. */
  const ROOM = 366
  it('shows all rows of the walks that are asked about', () => {
    expect([0, 528, 544, 640].map(isLowView)).toEqual([false, true, true, false])
    for (const records of [
      [radix, register],
      [dmt(), register],
      [nestedRadix3d(), nestedPvdmt()]
    ]) {
      const grid = walkGrid(records)
      for (const section of grid.sections) {
        const low = gridTracks(grid, section, true)
        expect(low.minHeight).toBeLessThanOrEqual(ROOM)
        const usual = gridTracks(grid, section)
        expect(low.rowLines).toEqual(usual.rowLines)
        expect(low.minHeight).toBeLessThan(usual.minHeight)
      }
    }
  })
})

describe('a step in words', () => {
  const step = radix.steps[19]

  it('has its place in the name of its cell', () => {
    expect(stepPlace(step, 'A')).toBe(', lane A, L1 level 1, PTE, ')
  })

  it('says what came of the read', () => {
    expect(stepNote(step)).toBe('')
    expect(stepNote({ ...step, wasted: true, notPresent: true })).toBe('wasted')
    expect(stepNote({ ...step, notPresent: true })).toBe('not present')
    expect(stepNote({ ...step, hit: 'PWC', cycles: 0 })).toBe('skipped')
    expect(stepNote({ ...step, hit: 'PWC', cycles: 1 })).toBe('')
  })

  it('lies ahead until it has ended', () => {
    expect(stepState(step, step.cyclesSoFar - 1, false)).toBe('not yet read')
    expect(stepState(step, step.cyclesSoFar, false)).toBe('read')
    expect(stepState(step, step.cyclesSoFar, true)).toBe('current')
  })
})

describe('steps that a walk cache spared', () => {
  const [first] = radix.steps
  const known = { ...first, hit: 'PWC' as const, entry: '', address: '0x4000' }

  it('say where they lead instead of what was read', () => {
    expect(shownAddress(known)).toBe('→ 0x4000')
    expect(cachedWords(known)).toContain('leads to the table at 0x4000')
    expect(cachedWords({ ...known, hit: 'NTLB' })).toContain('nested TLB')
  })

  it('are no reads', () => {
    expect(shownAddress(first)).toBe(first.address)
    expect(cachedWords(first)).toBe('')
  })
})
