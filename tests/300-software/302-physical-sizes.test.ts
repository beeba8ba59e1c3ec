import { describe, expect, it } from 'vitest'
import { DESIGNS } from '@main/designs'
import { physicalSizes, tableFrames } from '@main/software/physical-sizes'
import { DEPTH, ENVIRONMENTS } from '@shared/model/environment'
import { MAIN, aMachine } from '../builders/a-machine'

describe('physicalSizes', () => {
  it('gives every layer room for the one above, and 15 % and 1 GiB to spare', () => {
    for (const pages of [1, 2 ** 18, 2 ** 25]) {
      const sizes = [...physicalSizes(3, pages), pages]
      for (let k = 0; k < 3; k++) expect(sizes[k]).toBeGreaterThanOrEqual(1.15 * sizes[k + 1] + 2 ** 18)
    }
  })
})

describe('tableFrames', () => {
  const cases = ENVIRONMENTS.flatMap((environment) =>
    DESIGNS.filter(({ info }) => info.environments.includes(environment)).map(
      ({ info }) => [environment, info.id] as const
    )
  )

  it.each(cases)('%s %s: no fewer than populating every page fills', (environment, design) => {
    const { stack } = aMachine({ environment, lanes: [design], verify: false }, [MAIN])
    for (let p = MAIN.start; p < MAIN.start + MAIN.pages; p++) stack.populate(p, true)
    const [, ...guests] = physicalSizes(DEPTH[environment], MAIN.pages)
    const { plan } = stack.shadows
    const shadowed = plan === 'none' ? [] : plan === 'process' ? [MAIN.pages] : guests.slice(-1)
    expect(stack.memory.framesInUse).toBeGreaterThanOrEqual((DEPTH[environment] * MAIN.pages) / 512)
    expect(stack.memory.framesInUse).toBeLessThanOrEqual(tableFrames([MAIN.pages, ...guests, ...shadowed]))
  })
})
