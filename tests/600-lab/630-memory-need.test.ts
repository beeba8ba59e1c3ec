import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DESIGNS, designOf } from '@main/designs'
import { MOST_TABLE_FRAMES } from '@main/hardware/memory/physical-memory'
import { checkMemory, laneBytes, leafTables } from '@main/lab/memory-need'
import { runToEnd } from '@main/lab/run'
import type { Area } from '@main/workloads/workload'
import { ENVIRONMENTS } from '@shared/model/environment'
import { UserError } from '@shared/model/user-error'
import { MAIN, aMachine, anArea } from '../builders/a-machine'
import { InProcessHost } from '../builders/in-process-host'
import { aSpec } from '../builders/spec'

const TIB = 2 ** 40
const GIB = 2 ** 30

const areaOf = (bytes: number): Area => ({
  ...anArea({ start: 0x7f0000000, pages: bytes / 4096 }),
  pages: bytes / 4096,
  origin: 'workload'
})

function refusal(input: Record<string, unknown>, usable: number): string {
  const spec = aSpec(input)
  try {
    checkMemory(spec, { areas: [areaOf(spec.footprint)] }, usable)
    return ''
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message.replaceAll('\u00a0', ' ')
  }
}

describe('leafTables', () => {
  const cases = ENVIRONMENTS.flatMap((environment) =>
    ['radix', 'radix-3d', 'dmt', 'ideal']
      .filter((id) => DESIGNS.some(({ info }) => info.id === id && info.environments.includes(environment)))
      .flatMap((design) => (['4K', '2M'] as const).map((size) => [environment, design, size] as const))
  )

  it.each(cases)(
    '%s %s with %s pages: as many as populating fills, but for upper levels',
    (environment, design, size) => {
      const input = { environment, lanes: [design], pageSize: size, hostPageSize: size, verify: false }
      const { stack, spec } = aMachine(input)
      for (let p = MAIN.start; p < MAIN.start + MAIN.pages;) p += stack.populate(p, true)
      const estimate = leafTables(spec, designOf(design), MAIN.pages)
      const filled = stack.memory.framesInUse
      expect(filled).toBeGreaterThanOrEqual(estimate)
      // Per space: a root, two levels below it for the process and at most two ends of the area.
      expect(filled - estimate).toBeLessThanOrEqual(4 * 6)
    }
  )
})

describe('laneBytes', () => {
  it('grows with the pages, and with every space that maps them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2 ** 16, max: 2 ** 28 }),
        fc.constantFrom('4K', '2M'),
        (pages, pageSize) => {
          const bytes = (environment: string, n: number, verify = false): number =>
            laneBytes(aSpec({ environment, pageSize, verify }), designOf('radix'), n)
          expect(bytes('native', pages)).toBeLessThan(bytes('virtualized', pages))
          expect(bytes('virtualized', pages)).toBeLessThan(bytes('nested', pages))
          expect(bytes('nested', pages)).toBeLessThan(bytes('nested', pages + 512))
          expect(bytes('native', pages)).toBeLessThan(bytes('native', pages, true))
        }
      )
    )
  })
})

describe('checkMemory', () => {
  it('lets pass what fits, and refuses one byte more', () => {
    const input = { footprint: 64 * GIB, lanes: ['radix', 'pvdmt'] }
    const spec = aSpec(input)
    const bytes = spec.lanes.reduce((sum, id) => sum + laneBytes(spec, designOf(id), 2 ** 24), 0)
    expect(refusal(input, bytes)).toBe('')
    expect(refusal(input, bytes - 1)).not.toBe('')
  })

  it('says what is too large, where, and what to do', () => {
    expect(refusal({ footprint: TIB, lanes: ['radix', 'pvdmt'] }, 4 * GIB)).toMatch(
      /^2 lanes of 1 TiB take about 1\d\.\d GiB of memory, 4 GiB can be had here \(footprint\), choose a smaller one, larger pages or fewer lanes$/
    )
    expect(refusal({ footprint: TIB, lanes: ['radix'] }, GIB)).toMatch(
      /^a lane of .*, choose a smaller one or larger pages$/
    )
  })

  it('refuses more tables than a lane can hold, however much memory there is', () => {
    const message = refusal({ footprint: TIB, environment: 'nested', lanes: ['radix'] }, Infinity)
    expect(message).toContain(`the lab holds ${MOST_TABLE_FRAMES.toLocaleString('en-US')}`)
    expect(refusal({ footprint: TIB, environment: 'nested', lanes: ['radix-3d'] }, Infinity)).toBe('')
  })

  it('lets a footprint in huge pages pass where 4 KiB pages do not fit', () => {
    const input = { footprint: TIB, lanes: ['radix'] }
    expect(refusal(input, 6 * GIB)).not.toBe('')
    expect(refusal({ ...input, pageSize: '2M', hostPageSize: '2M' }, 6 * GIB)).toBe('')
  })

  it('is asked before a lane starts', async () => {
    const host = new InProcessHost()
    host.memoryBytes = 2 ** 20
    const hooks = { onProgress: () => undefined, signal: new AbortController().signal }
    await expect(runToEnd(aSpec({ footprint: GIB }), host, hooks)).rejects.toThrow(UserError)
    expect(host.ports).toHaveLength(0)
  })
})
