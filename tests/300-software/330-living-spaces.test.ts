/**
 * Random lives of several processes: whatever they ask, areas, pages, tables, frames and tags are those of a naive
 * model, nothing is lost or owned twice, and nothing stale survives in caches that were not told.
 */
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { PROTECT_EXECUTE, PROTECT_WRITE } from '@shared/model/operation'
import { LivingMachine } from '../builders/living-machine'
import { smallMemory } from '../builders/small-memory'

const BASE = 0x7f0000000
/** Six regions of 2 MiB, in which everything happens. */
const PAGES = 6 * 512

/** A range in the arena, often of whole regions. */
const range = fc.oneof(
  fc.tuple(fc.nat(PAGES - 1), fc.integer({ min: 1, max: 1300 })),
  fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 3 })).map(([r, n]): [number, number] => [r * 512, n * 512])
)

const action = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('touch' as const),
      at: fc.nat(PAGES - 1),
      access: fc.constantFrom(LOAD, STORE, STORE, FETCH)
    })
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'mmap' as const,
        'munmap',
        'mprotect',
        'dontneed',
        'collapse',
        'split',
        'nohugepage'
      ),
      range,
      protection: fc.constantFrom(0, PROTECT_WRITE, PROTECT_WRITE, PROTECT_WRITE | PROTECT_EXECUTE)
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('mremap' as const),
      range,
      to: fc.oneof(
        fc.nat(PAGES - 1),
        fc.nat(5).map((r) => r * 512)
      ),
      newPages: fc.integer({ min: 1, max: 1300 }),
      same: fc.boolean()
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('fork' as const, 'fork', 'run', 'run', 'exec', 'exit', 'khugepaged'),
      which: fc.nat(3)
    })
  }
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

const scene = fc.record({
  environment: fc.constantFrom('native', 'native', 'virtualized', 'nested'),
  design: fc.constantFrom('pvdmt', 'dmt', 'dmt', 'radix'),
  levels: fc.constantFrom(4, 4, 5),
  pageSize: fc.constantFrom('4K', '4K', 'thp', 'thp', '2M'),
  fragmentation: fc.constantFrom(0, 0, 0.5),
  registers: fc.constantFrom(1, 3, 16),
  minVmaMiB: fc.constantFrom(0, 1, 4),
  maxNone: fc.constantFrom(0, 511),
  actions: fc.array(action, { minLength: 5, maxLength: 40 })
})

const ADVICE = { dontneed: 0, hugepage: 1, nohugepage: 2, collapse: 3, split: 4 }

function perform(living: LivingMachine, action: Action): void {
  const { kernel, model } = living
  if (action.kind === 'touch') {
    const page = BASE + action.at
    const permission = model.areas.get(page)
    if (
      !permission ||
      (action.access === STORE && !permission.w) ||
      (action.access === FETCH && !permission.x)
    )
      return
    living.touch(page, action.access)
  } else if (action.kind === 'mremap') {
    const areas = living.space.vmas.list()
    if (areas.length === 0) return
    const area = areas[action.range[0] % areas.length]
    const start = area.start + (action.range[0] % 2 === 0 ? 0 : action.range[0] % (area.end - area.start))
    const pages = Math.min(action.range[1], area.end - start)
    const to = action.same ? start : BASE + action.to
    try {
      living.call('mremap', start, pages, to, action.newPages)
    } catch (error) {
      if (error instanceof Error && /mremap|cannot grow/.test(error.message)) return
      throw error
    }
    model.move(start, pages, to, action.newPages)
  } else if ('range' in action) {
    const [start, pages] = [BASE + action.range[0], action.range[1]]
    const permission = {
      w: (action.protection & PROTECT_WRITE) !== 0,
      x: (action.protection & PROTECT_EXECUTE) !== 0
    }
    if (action.kind === 'mmap') {
      living.call('mmap', start, pages, action.protection, 0)
      model.map(start, pages, permission)
    } else if (action.kind === 'munmap') {
      living.call('munmap', start, pages)
      model.unmap(start, pages)
    } else if (action.kind === 'mprotect') {
      living.call('mprotect', start, pages, action.protection)
      model.protect(start, pages, permission)
    } else {
      living.call('madvise', start, pages, ADVICE[action.kind])
      if (action.kind === 'dontneed') model.forget(start, pages)
    }
  } else if (action.kind === 'fork') {
    const child = [0, 1, 2, 3].find((id) => !kernel.processes.has(id))
    if (child === undefined) return
    living.naive.set(child, model.copy())
    living.call('fork', child)
  } else if (action.kind === 'run') {
    const ids = [...kernel.processes.keys()]
    living.run(ids[action.which % ids.length])
  } else if (action.kind === 'exec') {
    living.call('exec')
    model.areas.clear()
    model.touched.clear()
  } else if (action.kind === 'exit') {
    if (kernel.processes.size === 1) return
    living.call('exit')
    living.run([...kernel.processes.keys()][0])
  } else living.call('khugepaged', 4096)
}

describe('whatever processes ask', () => {
  it('they have the pages that a naive model has, and no frame, tag or cached translation is wrong', () => {
    fc.assert(
      fc.property(scene, (s) => {
        const living = new LivingMachine(
          {
            environment: s.environment,
            lanes: [s.environment === 'native' && s.design === 'pvdmt' ? 'dmt' : s.design],
            levels: s.levels,
            pageSize: s.pageSize,
            fragmentation: s.fragmentation,
            tea: { minVmaMiB: s.minVmaMiB, minSlots: 1 },
            dmt: { registers: s.registers },
            thp: { maxNone: s.maxNone },
            memory: smallMemory(s, 128)
          },
          [{ start: BASE + 300, pages: 1500 }]
        )
        s.actions.forEach((action, i) => {
          perform(living, action)
          living.check()
          if (i % 16 === 15) living.checkMemory()
        })
        living.checkMemory()
        living.checkWalks(12)
        living.checkMemory()
      }),
      { numRuns: 60, seed: 3 }
    )
  })
})
