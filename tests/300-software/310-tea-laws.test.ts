/**
 * The invariants of TEAs and of memory, over random areas, touches and switches: I1, a
 * used slot is what the tree links; I2, a free slot is zero; I3, areas of one class are apart. No frame has two
 * owners, none is lost, and every page translates to its oracle's frame whichever way it is walked.
 */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { aDrivenLane, type AreaInput } from '../builders/a-machine'
import { smallMemory } from '../builders/small-memory'
import { checkMemory, checkTranslations, pinnedFrames } from '../builders/stack-laws'

type Operation =
  | { readonly kind: 'touch'; readonly area: number; readonly at: number; readonly access: number }
  | { readonly kind: 'dmt' | 'cooperation'; readonly on: boolean }

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('touch' as const),
      area: fc.nat(3),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      access: fc.constantFrom(LOAD, STORE, FETCH)
    })
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('dmt' as const, 'cooperation' as const), on: fc.boolean() })
  }
)

/** Areas one after the other, unaligned, often so close that two share a table page. */
const areas = (levels: number): fc.Arbitrary<AreaInput[]> =>
  fc
    .tuple(
      levels === 5 ? fc.constantFrom(0x7f0000123, 0xabcdef01234) : fc.constant(0x7f0000123),
      fc.array(
        fc.record({
          gap: fc.oneof(fc.nat(600), fc.nat(300_000)),
          pages: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 200, max: 600 })),
          writable: fc.boolean(),
          executable: fc.boolean()
        }),
        { minLength: 1, maxLength: 4 }
      )
    )
    .map(([first, parts]) => {
      let start = first
      return parts.map(({ gap, pages, writable, executable }, i) => {
        const area = { start: start + gap, pages, writable, executable, name: `area ${i}` }
        start = area.start + pages
        return area
      })
    })

const scene = fc.constantFrom<4 | 5>(4, 4, 5).chain((levels) =>
  fc.record({
    levels: fc.constant(levels),
    environment: fc.constantFrom('native', 'virtualized', 'nested'),
    design: fc.constantFrom('pvdmt', 'pvdmt', 'dmt', 'radix', 'shadow'),
    pageSize: fc.constantFrom('4K', '4K', '2M', 'thp', '1G'),
    hostPageSize: fc.constantFrom('4K', '2M', 'thp', '1G'),
    fragmentation: fc.constantFrom(0, 0, 0.5, 1),
    registers: fc.constantFrom(0, 1, 2, 3, 16),
    minVmaMiB: fc.constantFrom(0, 1, 4),
    minSlots: fc.constantFrom(1, 2, 32),
    classes: fc.constantFrom(0, 2),
    fallback: fc.constantFrom('shadow-ept', 'pure'),
    areas: areas(levels),
    operations: fc.array(operation, { minLength: 3, maxLength: 25 })
  })
)

describe('after any sequence of touches and switches', () => {
  it('areas, registers and frames hold their laws, and every page is where its oracle says', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const driven = aDrivenLane(
          {
            environment: s.environment,
            lanes: [s.environment === 'native' && s.design !== 'radix' ? 'dmt' : s.design],
            levels: s.levels,
            pageSize: s.pageSize,
            hostPageSize: s.hostPageSize,
            fragmentation: s.fragmentation,
            tea: { minVmaMiB: s.minVmaMiB, minSlots: s.minSlots },
            dmt: { registers: s.registers, classes: s.classes },
            nested: { fallback: s.fallback },
            memory: smallMemory(s, 256)
          },
          s.areas
        )
        const { machine } = driven
        const pinned = pinnedFrames(machine)
        const touched = new Set<number>()
        for (const op of s.operations) {
          if (op.kind === 'touch') {
            const area = s.areas[op.area % s.areas.length]
            const page = area.start + Math.floor(op.at * area.pages)
            driven.touch({ page, kind: op.access })
            touched.add(page)
          } else if (op.kind === 'dmt') machine.setDmt(op.on)
          else machine.setCooperation(op.on)
        }
        if (driven.lane.firstError) throw new Error(driven.lane.firstError.text)
        checkMemory(machine, pinned)
        checkTranslations(machine, touched)
        checkMemory(machine, pinned)
      }),
      { numRuns: 150, seed: 1 }
    )
  })
})
