/** What a scenario asks for and cannot be done is told in one line before anything is built. */
import { describe, expect, it } from 'vitest'
import { openFile, aScenarioFile, openSteps } from '../builders/a-scenario'

const touch = { touch: 'table', count: 10 }

describe('a scenario', () => {
  it.each<[string, unknown[], string]>([
    [
      'an unknown area',
      [{ touch: 'tabel' }],
      'steps[0] names tabel, which is not mapped (my.json), name one of'
    ],
    ['an area that is gone', [{ munmap: 'table' }, touch], 'steps[1] names table, which is not mapped'],
    [
      'a hole',
      [{ munmap: 'table', part: { from: '25%', size: '25%' } }, touch],
      'steps[1] names pages of table that are not mapped'
    ],
    [
      'a store to text',
      [{ ...touch, touch: 'text', stores: 0.1 }],
      'steps[0] stores to text, which is read-only'
    ],
    [
      'a store after mprotect',
      [
        { mprotect: 'table', part: { size: '4KiB' }, protection: 'r' },
        { ...touch, stores: 1 }
      ],
      'steps[1] stores to table, which is read-only there'
    ],
    ['an area twice', [{ mmap: 'table', size: 1 }], 'steps[0] maps table, which is mapped already'],
    [
      'a second round that maps again',
      [{ repeat: 2, steps: [{ mmap: 'a', size: 1 }] }],
      'steps[0].steps[0] maps a,'
    ],
    [
      'a part beyond the end',
      [{ ...touch, part: { from: '1/2', size: '51%' } }],
      'names a part beyond the end'
    ],
    [
      'all pages by popularity',
      [{ touch: 'table', pattern: 'zipf' }],
      'with the pattern zipf (my.json), give a count'
    ],
    ['a heap below nothing', [{ shrink: 'heap', by: '1MiB' }], 'steps[0] shrinks heap to nothing'],
    ['a heap with holes', [{ munmap: 'heap' }], 'steps[0] unmaps the heap, which only grows and shrinks'],
    [
      'a heap with other permissions',
      [
        { mprotect: 'heap', protection: 'r' },
        { grow: 'heap', by: 1 }
      ],
      'steps[1] resizes the heap, which has other permissions (my.json), give it rw before'
    ],
    ['a heap elsewhere', [{ move: 'heap' }], 'steps[0] moves the heap'],
    [
      'an area with a hole elsewhere',
      [{ munmap: 'table', part: { from: '1/4', size: '1/4' } }, { move: 'table' }],
      'steps[1] moves table, which has holes'
    ],
    ['too much', [{ mmap: 'a', size: '4TiB' }], 'steps[0] maps more than 4TiB'],
    [
      'a process that is none',
      [{ run: 'worker' }],
      'steps[0] runs worker, which is no process now (my.json), name'
    ],
    [
      'a process that has ended',
      [{ fork: 'w' }, { run: 'w' }, { exit: true }, touch],
      'steps[3] needs a process'
    ],
    [
      'a run of one that has ended',
      [{ fork: 'w' }, { exit: true }, { run: 'main' }],
      'steps[2] runs main, which'
    ],
    ['a process twice', [{ fork: 'main' }], 'steps[0] forks main, a process that there is already'],
    [
      'a CPU beyond the last',
      [{ run: 'main', cpu: 4 }],
      'runs on CPU 4, beyond the last (my.json), give --option cpu.count=5'
    ],
    ['a layer that is not there', [{ compact: 'L2' }], 'steps[0] names L2, a layer that is not there'],
    [
      'a balloon in the innermost layer',
      [{ balloon: 'innermost', size: 1 }],
      'names innermost, which has no guest'
    ],
    [
      'more processes than are kept',
      [{ repeat: 300, steps: [{ fork: 'a#' }] }],
      'makes more than 256 processes'
    ],
    [
      'an error in a late round',
      [{ repeat: 2000, steps: [{ grow: 'heap', by: '4GiB' }] }],
      'steps[0].steps[0] maps more than 4TiB'
    ]
  ])('that names %s is refused', (_, steps, line) => {
    expect(() => openSteps(steps)).toThrow(line)
  })

  it.each([{ migrate: [] }, { reclaim: 1 }, { forge: 'range' }, { fail: 0 }])(
    'needs a virtual machine for %j, or says so',
    (step) => {
      expect(() => openSteps([step], { environment: 'native' })).toThrow(
        'steps[0] needs a virtual machine (my.json)'
      )
      const only = { ...step, only: ['virtualized'] }
      expect(openSteps([only, touch], { environment: 'native' }).areas.length).toBe(5)
    }
  )

  it('of which nothing is left in an environment is refused there', () => {
    const step = { repeat: 3, steps: [{ ...touch, only: ['nested'] }] }
    expect(() => openSteps([step])).toThrow('scenario steps are none in this environment')
    expect(openSteps([step], { environment: 'nested' }).areas.length).toBe(5)
  })

  it('that loops without an access is refused', () => {
    expect(() => openSteps([{ madvise: 'table', advice: 'split' }], {}, { loop: true })).toThrow(
      'without an access'
    )
  })

  it('that needs more CPUs than there are is refused', () => {
    const file = aScenarioFile([touch], { cpus: 2 })
    expect(() => openFile(file)).toThrow(
      'scenario cpus is 2, and the machine has 1 (my.json), give --option cpu.count=2'
    )
    expect(openFile(file, { cpus: 2 }).areas.length).toBe(5)
  })

  it('with two areas of one name is refused by its place', () => {
    const areas = [
      { name: 'a', size: 1 },
      { name: 'a', size: 1 }
    ]
    expect(() => openSteps([touch], {}, { areas })).toThrow(
      'scenario areas[1] maps a, which is mapped already'
    )
  })
})
