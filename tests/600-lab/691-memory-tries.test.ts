/** A degree of fragmentation, and registers that name what is not a guest's own, tried on machines of their own. */
import { DESIGNS } from '@main/designs'
import { fragmentationTry, MOST_TRIED } from '@main/lab/memory/fragmentation-try'
import { isolationTry } from '@main/lab/memory/isolation-try'
import { mappedPages } from '@main/lab/memory/mapped-pages'
import { areasOf } from '@main/lab/memory/area-looks'
import { ENVIRONMENTS } from '@shared/model/environment'
import { ISOLATION_TRIES } from '@shared/model/isolation-try'
import { UserError } from '@shared/model/user-error'
import { describe, expect, it } from 'vitest'
import { aMachine } from '../builders/a-machine'
import { aSpec } from '../builders/spec'

describe.each(ENVIRONMENTS)('%s: a fragmentation that is tried', (environment) => {
  const offered = DESIGNS.filter(({ info }) => info.environments.includes(environment))
  const design = environment === 'native' ? 'dmt' : 'pvdmt'
  const tried = (fragmentation: number, more: Record<string, unknown> = {}) =>
    fragmentationTry(aSpec({ environment, lanes: [design], footprint: '256MiB', ...more }), fragmentation, 0)

  it('leaves everything covered at 0, and nothing at 1', () => {
    const [whole, none] = [tried(0), tried(1)]
    expect(whole.layers.map(({ coveredShare }) => coveredShare)).toEqual(whole.layers.map(() => 1))
    expect([whole.refusals, whole.splits, whole.isScaled, whole.hasAreas]).toEqual([0, 0, false, true])
    expect(none.layers.map(({ coveredShare }) => coveredShare)).toEqual(none.layers.map(() => 0))
    expect(none.refusals).toBeGreaterThan(0)
  })

  it('refuses more and leaves shorter runs the higher it is, over several seeds', () => {
    const of = (fragmentation: number): { refusals: number; run: number; covered: number } => {
      const all = [1, 2, 3].map((seed) => tried(fragmentation, { seed }))
      const mean = (one: (t: (typeof all)[number]) => number): number =>
        all.reduce((sum, t) => sum + one(t), 0) / all.length
      return {
        refusals: mean((t) => t.refusals),
        run: mean((t) => t.layers[0].longestFreeRun),
        covered: mean((t) => Math.min(...t.layers.map(({ coveredShare }) => coveredShare ?? 0)))
      }
    }
    const levels = [0, 0.4, 0.8, 1].map(of)
    for (const [i, next] of levels.slice(1).entries()) {
      expect(next.refusals).toBeGreaterThanOrEqual(levels[i].refusals)
      expect(next.run).toBeLessThan(levels[i].run)
      expect(next.covered).toBeLessThanOrEqual(levels[i].covered)
    }
  })

  it('tells shares of free memory that fall from order to order, and with the degree', () => {
    const [less, more] = [tried(0.2), tried(0.7)]
    for (const { freeInBlocks } of [...less.layers, ...more.layers])
      freeInBlocks.forEach((share, n) => expect(share).toBeLessThanOrEqual(freeInBlocks[n - 1] ?? 1))
    for (const [k, layer] of less.layers.entries())
      expect(more.layers[k].freeInBlocks[4]).toBeLessThan(layer.freeInBlocks[4])
  })

  it.each(offered.map(({ info }) => info.id))('can be tried of %s, however small', (lane) => {
    for (const [footprint, pageSize] of [
      ['4MiB', '4K'],
      ['4MiB', 'thp']
    ]) {
      const spec = aSpec({ environment, lanes: ['radix', lane], footprint, pageSize, profile: 'tiny' })
      const { design: id, layers, hasAreas } = fragmentationTry(spec, 0.3, 1)
      expect(id).toBe(lane)
      expect(layers.some(({ coveredShare }) => coveredShare !== null)).toBe(hasAreas)
      if (!hasAreas) expect(layers.every(({ teas }) => teas === 0)).toBe(true)
    }
  })

  it('is scaled where the set-up is larger, and says so', () => {
    const scaled = tried(0, { footprint: '64GiB' })
    expect([scaled.footprint, scaled.isScaled]).toEqual([MOST_TRIED, true])
  })

  it('covers of its area what a machine of the same size covers that touches as many pages', () => {
    const fragmentation = 0.55
    const area = { start: 0x7f0000000, pages: 2 ** 16, name: 'area' }
    const bytes = area.pages * 4096
    const limits = { L0: bytes * 1.15 ** 3, L1: bytes * 1.15 ** 2, L2: bytes * 1.15 }
    const sizes = [limits.L0, limits.L1, limits.L2].slice(
      3 - ['native', 'virtualized', 'nested'].indexOf(environment) - 1
    )
    const memory = { limits: Object.fromEntries(sizes.map((size, k) => [`L${k}`, Math.ceil(size)])) }
    const input = { environment, lanes: [design], profile: 'skylake', fragmentation, memory, verify: false }
    const { stack } = aMachine(input, [area])
    for (let p = area.start; p < area.start + area.pages; p += 512) stack.populate(p, true)
    const { space } = stack.inner
    const [{ mapped, covered }] = mappedPages(stack, space, areasOf(space))
    expect(tried(fragmentation).layers[0].coveredShare).toBeCloseTo(covered / mapped, 1)
  })

  it('refuses a lane that there is not', () => {
    expect(() => fragmentationTry(aSpec({ environment }), 0, 7)).toThrow(UserError)
  })
})

describe('a register that names an area', () => {
  const REASONS = {
    own: 'allowed',
    'other-guest': 'the grant is another VM’s',
    freed: 'no grant has this ID',
    'beyond-end': 'the pages lie beyond the grant',
    'made-up': 'no grant has this ID'
  }

  it.each(ISOLATION_TRIES)(
    '%s: is answered for its own reason, and the walk after it reads nothing of another’s',
    (id) => {
      const { isAllowed, outcome, walk, messages, entry, guest, wrote } = isolationTry(id)
      expect(isAllowed).toBe(id === 'own')
      expect(outcome).toContain(REASONS[id])
      expect(walk.foreignReads).toBe(0)
      // A register of its own at each layer spares all but three; the forged one leaves the guest's radix walk.
      expect(walk.references === 3).toBe(isAllowed)
      expect(messages.some(({ isRefusal }) => isRefusal)).toBe(!isAllowed)
      const facts = entry && {
        isOwn: entry.owner === guest,
        isValid: entry.isValid,
        fits: wrote.offset + wrote.slots <= entry.frames
      }
      expect(facts).toEqual(
        {
          own: { isOwn: true, isValid: true, fits: true },
          'other-guest': { isOwn: false, isValid: true, fits: true },
          freed: { isOwn: true, isValid: false, fits: true },
          'beyond-end': { isOwn: true, isValid: true, fits: false },
          'made-up': null
        }[id]
      )
    }
  )

  it('is the same each time', () => {
    expect(isolationTry('other-guest')).toEqual(isolationTry('other-guest'))
  })
})
