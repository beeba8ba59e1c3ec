/** The stream of a scenario as a whole: the same however it is asked for, and never beyond what is mapped. */
import { STORE } from '@shared/model/access'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBatch, skip, take } from '../builders/a-stream'
import { MappedPages, accessesOf, decoded, deedsIn, openSteps } from '../builders/a-scenario'

const MIXED = [
  { touch: 'table', pattern: 'zipf', count: 300, stores: 0.4 },
  { fork: 'child' },
  { repeat: 3, steps: [{ mmap: 'b-#', size: '16KiB' }, { touch: 'b-#', stores: 1 }, { munmap: 'b-#' }] },
  { run: 'child' },
  { touch: 'table', pattern: 'strided', count: 50 },
  { exit: true },
  { run: 'main' }
]
const mixed = (seed = 1) => openSteps(MIXED, { seed }, { loop: true })

describe('a stream', () => {
  it('is the same whatever the slices it is taken in', async () => {
    const whole = await take(mixed(), 3000, 3000)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (slice) => {
        expect(await take(mixed(), 3000, slice)).toEqual(whole)
      }),
      { numRuns: 20 }
    )
  })

  it('is another one for another seed, with the same operations', async () => {
    const [one, two] = await Promise.all([1, 2].map((seed) => decoded(openSteps(MIXED, { seed }))))
    expect(accessesOf(one)).not.toEqual(accessesOf(two))
    expect(one.filter((deed) => 'id' in deed)).toEqual(two.filter((deed) => 'id' in deed))
  })

  it('ends after its last step, and begins again when it loops', async () => {
    expect((await decoded(openSteps(MIXED), 1e6)).length).toBe(300 + 1 + 3 * 6 + 1 + 50 + 1 + 1)
    expect(accessesOf(await decoded(mixed(), 10_000)).length).toBeGreaterThanOrEqual(10_000)
  })

  it('writes nothing outside the part of the batch it was given', () => {
    const batch = aBatch(100)
    for (const column of [batch.kind, batch.size, batch.offset, batch.high, batch.low]) column.fill(99)
    const source = mixed()
    skip(source, 301)
    expect(source.fill(batch, 40, 60)).toBe(60)
    for (const column of [batch.kind, batch.size, batch.offset, batch.high, batch.low])
      expect([...column.slice(0, 40), ...column.slice(60)].every((value) => value === 99)).toBe(true)
  })

  it('keeps to little memory over repeats without an end', () => {
    const ever = Array.from({ length: 6 }).reduce<unknown>((inner) => ({ repeat: '1G', steps: [inner] }), {
      repeat: '1G',
      steps: [{ mmap: 'a', size: '1MiB' }, { touch: 'a', count: 3 }, { munmap: 'a' }]
    })
    const source = openSteps([ever])
    skip(source, 100_000)
    const before = process.memoryUsage().heapUsed
    skip(source, 3_000_000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20)
  })

  it('is gone through no longer than its repeats bring something new', () => {
    const steps = [
      { grow: 'table', by: '1/128' },
      { move: 'table' },
      { touch: 'table' },
      { shrink: 'table', by: '1/128' }
    ]
    const started = performance.now()
    openSteps([
      { repeat: '1G', steps },
      { mmap: 'b', size: 1 }
    ])
    expect(() => openSteps([{ repeat: '1G', steps }, { touch: 'b' }])).toThrow('steps[1] names b')
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('of operations without an end is refused, not run for ever', () => {
    const advise = { repeat: '1G', steps: [{ madvise: 'table', advice: 'split' }] }
    const source = openSteps([{ repeat: '1G', steps: [advise] }, { touch: 'table' }])
    expect(() => skip(source, 10_000_000)).toThrow('more than 1000000 operations without an access')
  })

  it('tells how much is mapped at once', async () => {
    const steps = [{ grow: 'table', by: '1/8' }, { fork: 'a' }, { mmap: 'b', size: '50%' }, { munmap: 'b' }]
    const source = openSteps(steps)
    const mapped = new MappedPages(source.areas)
    let most = 0
    await deedsIn(source, 1, (deed) => {
      if ('id' in deed) mapped.carryOut(deed)
      most = Math.max(
        most,
        mapped.count(0) + (deed && 'id' in deed && deed.id !== 'mremap' ? mapped.count(1) : 0)
      )
    })
    expect(source.mostPages).toBe(most)
  })
})

const name = fc.constantFrom('table', 'heap', 'a', 'b', 'stack')
const size = fc.constantFrom('4KiB', '12KiB', '2MiB', '1/16', '3%')
const part = fc.option(
  fc.record({ from: fc.constantFrom('0%', '1/3', '8KiB'), size: fc.constantFrom('1/4', '4KiB') }),
  {
    nil: undefined
  }
)
const process_ = fc.constantFrom('main', 'p', 'q')
const step = fc.oneof(
  fc.record({ touch: name, part, count: fc.constant(20), stores: fc.constantFrom(0, 0.5) }),
  fc.record({ mmap: name, size, protection: fc.constantFrom('r', 'rw', 'rwx') }),
  fc.record({ munmap: name, part }),
  fc.record({ grow: name, by: size }),
  fc.record({ shrink: name, by: size }),
  fc.record({ move: name }),
  fc.record({ mprotect: name, part, protection: fc.constantFrom('r', 'rw') }),
  fc.record({ madvise: name, part, advice: fc.constant('dontneed') }),
  fc.record({ fork: process_ }),
  fc.record({ run: process_ }),
  fc.record({ exec: fc.constant(true) }),
  fc.record({ exit: fc.constant(true) })
)

/** Drops the steps that are refused, one after the other. */
function possible(steps: readonly unknown[]): unknown[] {
  const kept: unknown[] = []
  for (const one of steps) {
    try {
      openSteps([...kept, one])
      kept.push(one)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }
  return kept
}

it('any steps that are taken map no page twice and touch only what is mapped', async () => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const kept = possible(steps)
      if (kept.length === 0) return
      const source = openSteps(kept)
      const mapped = new MappedPages(source.areas)
      await deedsIn(source, 1e6, (deed) => {
        if ('id' in deed) mapped.carryOut(deed)
        else if (!mapped.allows(deed.page, deed.kind === STORE)) expect.fail(`access to page ${deed.page}`)
        taken++
      })
    }),
    { numRuns: 60 }
  )
  expect(taken).toBeGreaterThan(100)
})
