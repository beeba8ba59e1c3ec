import { describe, expect, it } from 'vitest'
import { labContract } from '@shared/contract/lab-contract'
import { ENVIRONMENTS } from '@shared/model/environment'
import { timeSlots } from '@shared/model/time-slots'
import { UserError } from '@shared/model/user-error'
import { OFFER } from '@main/lab/catalogue'
import { designWalk } from '@main/lab/design-walk'

const cases = OFFER.designs.flatMap((design) =>
  ENVIRONMENTS.map((environment) => ({ design, environment, title: `${design.id} ${environment}` }))
)
const meant = cases.filter(({ design, environment }) => design.environments.includes(environment))
const refused = cases.filter(({ design, environment }) => !design.environments.includes(environment))

describe('the walk that is drawn of a design', () => {
  it.each(meant)('of $title reaches its page, and its reads add up', ({ design, environment }) => {
    const walk = designWalk({ design: design.id, environment }, OFFER)
    expect(walk.outcome).toBe('translated')
    expect(walk.physicalAddress).not.toBe('')
    const reads = walk.steps.filter(({ hit, wasted }) => hit !== 'PWC' && hit !== 'NTLB' && !wasted)
    // A walk that costs nothing books none of its reads.
    expect([reads.length, 0]).toContain(walk.references)
    expect(walk.criticalReferences).toBeLessThanOrEqual(walk.references)
    // Steps of one slot run at once: there are as many slots as references that the walk waits for. Which chain of
    // reads and prefetches is the longest depends on their latencies.
    const slots = walk.references === 0 ? [] : timeSlots(walk)
    const waited = walk.criticalReferences + walk.wastedReferences
    const hasPrefetches = walk.steps.some(({ by }) => by === 'prefetch')
    expect(Math.max(0, ...slots) - waited).toBeGreaterThanOrEqual(0)
    expect(hasPrefetches ? 0 : Math.max(0, ...slots) - waited).toBe(0)
    expect(walk.steps.every(({ hit }) => hit !== 'PWC' && hit !== 'NTLB')).toBe(true)
  })

  it.each(refused)('of $title is refused with the catalogue’s reason', ({ design, environment }) => {
    const ask = (): unknown => designWalk({ design: design.id, environment }, OFFER)
    expect(ask).toThrow(UserError)
    expect(ask).toThrow(design.refusal ?? 'it exists in')
  })

  it('has the page size asked for in every layer', () => {
    expect(designWalk({ design: 'radix', environment: 'virtualized', pageSize: '2M' }, OFFER)).toMatchObject({
      pageSize: '2M',
      references: 15
    })
    expect(designWalk({ design: 'radix', environment: 'native', pageSize: '1G' }, OFFER)).toMatchObject({
      pageSize: '1G',
      references: 2
    })
  })

  it('is refused where a design lacks the page size, with the reason', () => {
    const designs = OFFER.designs.map((one) =>
      one.id === 'radix' ? { ...one, lacks: { pageSizes: ['2M' as const], why: 'of a reason' } } : one
    )
    const ask = (): unknown =>
      designWalk({ design: 'radix', environment: 'native', pageSize: '2M' }, { ...OFFER, designs })
    expect(ask).toThrow('of a reason')
  })

  it('takes no design, environment or page size that does not exist', () => {
    const { args } = labContract['design/walk']
    expect(args.safeParse([{ design: 'radix', environment: 'native' }]).success).toBe(true)
    expect(args.safeParse([{ design: 'radix', environment: 'moon' }]).success).toBe(false)
    expect(args.safeParse([{ design: 'radix', environment: 'native', pageSize: '8K' }]).success).toBe(false)
    expect(args.safeParse([{ design: 'radix', environment: 'native', spec: {} }]).success).toBe(false)
    expect(() => designWalk({ design: '__proto__', environment: 'native' }, OFFER)).toThrow(UserError)
  })
})
