import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReverseMap } from '@main/software/hypervisor/shadow-reverse'

const FRAMES = 8
/** Pages whose low 32 bits agree must be told apart. */
const PAGES = [0, 1, 2, 5, 2 ** 32 + 1, 2 ** 32 + 5, 7 * 2 ** 32 + 2, 2 ** 32 - 2]

const mapping = fc.record({ page: fc.constantFrom(...PAGES), frame: fc.nat(FRAMES + 1), owns: fc.boolean() })

describe('ReverseMap', () => {
  it('finds every page that was noted for a frame, through one table and through two', () => {
    fc.assert(
      fc.property(
        fc.array(mapping, { maxLength: 20 }),
        fc.array(fc.record({ page: fc.nat(FRAMES + 1), frame: fc.nat(FRAMES - 1), owns: fc.boolean() })),
        (upper, lower) => {
          const owners = [new Int32Array(FRAMES), new Int32Array(FRAMES)]
          const map = new ReverseMap(owners)
          const noted = [new Map<number, Set<number>>(), new Map<number, Set<number>>()]
          for (const [position, mappings] of [upper, lower].entries()) {
            for (const { page, frame, owns } of mappings) {
              // Only a frame without an owner gets one: a page keeps its frame until it is unmapped.
              if (owns && owners[position][frame] === 0) owners[position][frame] = (page | 0) + 1
              map.note(position, page, frame)
              noted[position].set(frame, (noted[position].get(frame) ?? new Set()).add(page))
            }
          }
          for (const [frame, middles] of noted[1]) {
            const above = new Set(map.pagesAbove(2, frame))
            for (const middle of middles)
              for (const page of noted[0].get(middle) ?? []) expect(above).toContain(page)
          }
          for (const [frame, pages] of noted[0])
            for (const page of pages) expect(map.pagesAbove(1, frame)).toContain(page)
        }
      )
    )
  })

  it('answers nothing for a frame that serves no page', () => {
    expect(new ReverseMap([new Int32Array(4)]).pagesAbove(1, 2)).toEqual([])
  })
})
