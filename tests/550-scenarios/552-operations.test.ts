/** Every operation can be written, and arrives in the stream as operation.ts says. */
import { OPERATIONS, type Operation } from '@shared/model/operation'
import { describe, expect, it } from 'vitest'
import { accessesOf, decoded, openSteps, operationsOf } from '../builders/a-scenario'

/** 64 MiB: 16,384 pages. The table has a quarter of them and ends at the last huge page below the top. */
const TABLE = 0x7ffff6e00
const TABLE_PAGES = 4096

const operation = (id: Operation['id'], ...args: number[]): Operation => ({ id, arguments: args })

async function operationsFrom(steps: unknown[], cpus = 1): Promise<Operation[]> {
  return operationsOf(await decoded(openSteps(steps, { cpus })))
}

const CASES: readonly (readonly [Operation['id'], unknown[], Operation[]])[] = [
  ['run', [{ run: 'main', cpu: 1 }], [operation('run', 1, 0)]],
  ['mmap', [{ mmap: 'a', size: '8KiB', protection: 'rx' }], [operation('mmap', 0x7ffff7ffd, 2, 2, 5)]],
  [
    'munmap',
    [{ munmap: 'table', part: { from: '1/4', size: '25%' } }],
    [operation('munmap', TABLE + 1024, 1024)]
  ],
  [
    'mremap',
    [{ move: 'table' }, { shrink: 'table', by: '4MiB' }],
    [
      operation('mremap', TABLE, TABLE_PAGES, TABLE - TABLE_PAGES, TABLE_PAGES),
      operation('mremap', TABLE - TABLE_PAGES, TABLE_PAGES, TABLE - TABLE_PAGES, TABLE_PAGES - 1024)
    ]
  ],
  [
    'brk',
    [
      { grow: 'heap', by: '1MiB' },
      { shrink: 'heap', by: '4KiB' }
    ],
    [operation('brk', 0x700 + 33 + 256), operation('brk', 0x700 + 33 + 255)]
  ],
  ['mprotect', [{ mprotect: 'table', protection: 'r' }], [operation('mprotect', TABLE, TABLE_PAGES, 0)]],
  [
    'madvise',
    ['dontneed', 'hugepage', 'nohugepage', 'collapse', 'split'].map((advice) => ({
      madvise: 'stack',
      advice
    })),
    [0, 1, 2, 3, 4].map((advice) => operation('madvise', 0x7ffffffff - 33, 33, advice))
  ],
  ['fork', [{ fork: 'a' }, { fork: 'b' }], [operation('fork', 1), operation('fork', 2)]],
  [
    'exec',
    [{ exec: true }],
    [
      operation('exec'),
      operation('mmap', 0x400, 256, 2, 0),
      operation('mmap', 0x600, 16, 1, 1),
      operation('mmap', 0x700, 33, 1, 2),
      operation('mmap', 0x7ffffffff - 33, 33, 1, 4)
    ]
  ],
  [
    'exit',
    [{ fork: 'a' }, { exit: true }, { run: 'a' }],
    [operation('fork', 1), operation('exit'), operation('run', 0, 1)]
  ],
  ['khugepaged', [{ khugepaged: '100%' }], [operation('khugepaged', 16_384)]],
  [
    'compact',
    [{ compact: 'innermost' }, { compact: 'L0' }],
    [operation('compact', 1), operation('compact', 0)]
  ],
  ['balloon', [{ balloon: 'L0', size: '1MiB' }], [operation('balloon', 0, 256)]],
  ['deflate', [{ deflate: 'L0', size: '1MiB' }], [operation('deflate', 0, 256)]],
  ['reclaim', [{ reclaim: '2MiB' }], [operation('reclaim', 512)]],
  [
    'migrate',
    [[], ['contiguity'], ['dmt'], ['dmt', 'contiguity']].map((migrate) => ({ migrate })),
    [0, 1, 2, 3].map((lacks) => operation('migrate', lacks))
  ],
  [
    'forge',
    ['foreign', 'range', 'stale', 'offset', 'size'].map((forge) => ({ forge })),
    [0, 1, 2, 3, 4].map((number) => operation('forge', number))
  ],
  ['fail', [{ fail: 3 }], [operation('fail', 3)]]
]

describe('operations', () => {
  it.each(CASES)('%s', async (_, steps, operations) => {
    expect(await operationsFrom(steps, 2)).toEqual(operations)
  })

  it('are all among these', () => {
    expect(new Set(CASES.map(([id]) => id))).toEqual(new Set(OPERATIONS.map(({ id }) => id)))
  })
})

describe('addresses', () => {
  it('reuse the highest hole that fits, as those of Linux do', async () => {
    const map = (name: string, pages: number): unknown => ({ mmap: name, size: pages * 4096 })
    const steps = [
      map('a', 10),
      map('b', 10),
      map('c', 10),
      { munmap: 'b' },
      map('d', 4),
      map('e', 7),
      map('f', 6)
    ]
    const [a, b, , , d, e, f] = (await operationsFrom(steps)).map((one) => one.arguments[0])
    expect(d).toBe(b + 6)
    expect(e).toBeLessThan(a - 20)
    expect(f).toBe(b)
  })

  it('let an area grow where it is while there is room, and move it where there is none', async () => {
    const steps = [
      { mmap: 'a', size: '40KiB' },
      { mmap: 'b', size: '40KiB' },
      { grow: 'b', by: '4KiB' },
      { munmap: 'a' },
      { grow: 'b', by: '4KiB' }
    ]
    const [a, b, moved, , again] = (await operationsFrom(steps)).map((one) => one.arguments)
    expect(moved).toEqual([b[0], 10, b[0] - 11, 11])
    expect(again).toEqual([b[0] - 11, 11, b[0] - 11, 12])
    expect(a[0]).toBe(b[0] + 10)
  })

  it('of a child are those of its parent until one of both maps', async () => {
    const steps = [
      { fork: 'c' },
      { run: 'c' },
      { mmap: 'x', size: 4096 },
      { run: 'main' },
      { mmap: 'x', size: 4096 }
    ]
    const [, , inChild, , inParent] = await operationsFrom(steps)
    expect(inChild).toEqual(inParent)
  })

  it('name an area in each round of a repeat', async () => {
    const steps = [{ repeat: 3, steps: [{ mmap: 'a-#', size: 4096 }] }, { munmap: 'a-2' }]
    const [one, two, three, freed] = (await operationsFrom(steps)).map((op) => op.arguments)
    expect(freed[0]).toBe(two[0])
    expect([one[3], two[3], three[3]]).toEqual([5, 5, 5])
    expect(openSteps(steps).labels).toEqual(['text', 'data', 'heap', 'table', 'stack', 'a-#'])
  })
})

describe('touches', () => {
  it('go over each page once', async () => {
    for (const pattern of ['sequential', 'random']) {
      const accesses = accessesOf(await decoded(openSteps([{ touch: 'table', pattern }])))
      const pages = accesses.map((access) => access.page - TABLE)
      expect(pages.length).toBe(TABLE_PAGES)
      expect(pages.slice().sort((a, b) => a - b)).toEqual(Array.from(pages.keys()))
      expect(pages[0] === 0 && pages[1] === 1).toBe(pattern === 'sequential')
    }
  })

  it.each(['sequential', 'strided', 'random', 'zipf'])(
    'keep to their part, with its stores (%s)',
    async (pattern) => {
      const part = { from: '50%', size: '64KiB' }
      const step = { touch: 'table', part, pattern, count: 4000, stores: 0.25 }
      const accesses = accessesOf(await decoded(openSteps([step])))
      expect(accesses.length).toBe(4000)
      expect(accesses.every(({ page }) => page >= TABLE + 2048 && page < TABLE + 2048 + 16)).toBe(true)
      expect(new Set(accesses.map(({ page }) => page)).size).toBeGreaterThan(7)
      const stores = accesses.filter(({ kind }) => kind === 1).length
      expect(stores).toBeGreaterThan(850)
      expect(stores).toBeLessThan(1150)
    }
  )

  it('differ from one to the next where chance has a part', async () => {
    const step = { touch: 'table', count: 100 }
    const accesses = accessesOf(await decoded(openSteps([step, step])))
    expect(accesses.slice(0, 100)).not.toEqual(accesses.slice(100))
  })
})
