/** Set-ups in files: specs, and results with the spec that they ran. */
import { describeSetup } from '@main/lab/describe-setup'
import { RUN_SCHEMA } from '@shared/model/result'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aScenarioFile } from '../builders/a-scenario'
import { fileHost, useJsonFiles } from '../builders/json-files'
import { aSpec } from '../builders/spec'

const file = useJsonFiles()
const read = async (value: unknown, name?: string) => describeSetup(await file(value, name), fileHost)

describe('describeSetup()', () => {
  it('completes a spec as the command line does', async () => {
    const given = { environment: 'nested', lanes: ['radix', 'pvdmt', 'dmt'], footprint: '32MiB' }
    expect(await read(given)).toEqual({
      name: 'mine.json',
      spec: aSpec(given),
      hardware: null,
      missing: null
    })
  })

  it('finds the spec of a result', async () => {
    const spec = aSpec({ workload: 'btree', seed: 9 })
    expect(await read({ schema: RUN_SCHEMA, lanes: [], spec })).toMatchObject({ spec, hardware: null })
  })

  it('makes own hardware of what differs from the profile, and says from where', async () => {
    const found = await read({ workload: 'gups', cache: { llc: { latencyCycles: 60 } } }, 'big.json')
    expect(found?.hardware).toMatchObject({
      base: 'skylake',
      title: 'big.json',
      hardware: { cache: { llc: { latencyCycles: 60 } } }
    })
    const own = Object.entries(found?.hardware?.sources ?? {}).filter(([, from]) => from.includes('big.json'))
    expect(own.map(([path]) => path)).toEqual(['cache.llc.latencyCycles'])
  })

  it('keeps the title of own hardware that a result ran on', async () => {
    const ran = await read({ workload: 'gups', cache: { memoryLatencyCycles: 300 } })
    const { hardware, spec } = ran ?? expect.fail('it is a set-up')
    const again = await read({ schema: RUN_SCHEMA, spec: { ...spec, profile: 'My core' } })
    expect(again?.hardware?.title).toBe('My core')
    expect(again?.hardware?.hardware).toEqual(hardware?.hardware)
  })

  it('leaves out a file that is only named, and says which', async () => {
    const traced = await read({ trace: { file: 'gzip.lackey' }, seed: 3 })
    expect(traced).toMatchObject({ missing: 'gzip.lackey', spec: { trace: null, seed: 3 } })
    expect(await read({ scenario: { file: 'fork.json' } })).toMatchObject({
      missing: 'fork.json',
      spec: { scenario: null }
    })
    expect(await read({ scenario: { name: 'churn' } })).toMatchObject({
      missing: null,
      spec: { scenario: { name: 'churn' } }
    })
  })

  it.each([
    '',
    '[]',
    '{',
    '{}',
    '{ "base": "skylake", "cache": { "llc": { "bytes": "1MiB" } } }',
    aScenarioFile([{ touch: 'table', count: 10 }]),
    { schema: RUN_SCHEMA, spec: null },
    { schema: 'dmt-lab/maps@1' }
  ])('leaves other files to others (%#)', async (value) => {
    expect(await read(value)).toBeNull()
  })

  it('refuses a spec that the lab does not take, in one line with the name of the file', async () => {
    await expect(read({ lanes: ['radixx'], seed: -1 })).rejects.toThrow(/seed.*mine\.json, 1 more there/)
  })

  it('refuses a profile that is only named and none of the lab’s', async () => {
    await expect(read({ profile: 'rig.json', seed: 1 })).rejects.toThrow(
      /unknown hardware profile "rig.json" \(profile\), .* \(mine.json\)/
    )
  })

  it('takes nothing unknown from a hostile file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const given = { workload: 'gups', cache: value, ['__proto__x']: value }
        await expect(read(given)).rejects.toThrow('mine.json')
      }),
      { numRuns: 20 }
    )
  })
})
