/** JSON files by what they hold: scenarios, specs, results with the spec that they ran, and own hardware. */
import { describeJson } from '@main/lab/describe-json'
import type { ImportedSetup } from '@shared/model/imported-setup'
import { RUN_SCHEMA } from '@shared/model/result'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aScenarioFile } from '../builders/a-scenario'
import { fileHost, useJsonFiles } from '../builders/json-files'
import { aSpec } from '../builders/spec'

const file = useJsonFiles()
const read = async (value: unknown, name?: string) => describeJson(await file(value, name), fileHost)

async function setupOf(value: unknown, name?: string): Promise<ImportedSetup> {
  const found = await read(value, name)
  return found?.kind === 'setup' ? found.setup : expect.fail('it is a set-up')
}

describe('a set-up in a file', () => {
  it('completes a spec as the command line does', async () => {
    const given = { environment: 'nested', lanes: ['radix', 'pvdmt', 'dmt'], footprint: '32MiB' }
    expect(await setupOf(given)).toEqual({
      name: 'mine.json',
      spec: aSpec(given),
      hardware: null,
      missing: null
    })
  })

  it('finds the spec of a result', async () => {
    const spec = aSpec({ workload: 'btree', seed: 9 })
    expect(await setupOf({ schema: RUN_SCHEMA, lanes: [], spec })).toMatchObject({ spec, hardware: null })
  })

  it('makes own hardware of what differs from the profile, and says from where', async () => {
    const found = await setupOf({ workload: 'gups', cache: { llc: { latencyCycles: 60 } } }, 'big.json')
    expect(found.hardware).toMatchObject({
      base: 'skylake',
      title: 'big.json',
      hardware: { cache: { llc: { latencyCycles: 60 } } }
    })
    const own = Object.entries(found.hardware?.sources ?? {}).filter(([, from]) => from.includes('big.json'))
    expect(own.map(([path]) => path)).toEqual(['cache.llc.latencyCycles'])
  })

  it('keeps the title of own hardware that a result ran on', async () => {
    const ran = await setupOf({ workload: 'gups', cache: { memoryLatencyCycles: 300 } })
    const { hardware, spec } = ran
    const again = await setupOf({ schema: RUN_SCHEMA, spec: { ...spec, profile: 'My core' } })
    expect(again.hardware?.title).toBe('My core')
    expect(again.hardware?.hardware).toEqual(hardware?.hardware)
  })

  it('leaves out a file that is only named, and says which', async () => {
    const traced = await setupOf({ trace: { file: 'gzip.lackey' }, seed: 3 })
    expect(traced).toMatchObject({ missing: 'gzip.lackey', spec: { trace: null, seed: 3 } })
    expect(await setupOf({ scenario: { file: 'fork.json' } })).toMatchObject({
      missing: 'fork.json',
      spec: { scenario: null }
    })
    expect(await setupOf({ scenario: { name: 'churn' } })).toMatchObject({
      missing: null,
      spec: { scenario: { name: 'churn' } }
    })
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

describe('a scenario in a file', () => {
  it('says what it asks', async () => {
    const given = aScenarioFile([{ touch: 'table', count: 10 }], { cpus: 2 })
    expect(await read(given)).toEqual({
      kind: 'scenario',
      scenario: {
        token: expect.stringMatching(/mine\.json$/) as string,
        name: 'mine.json',
        title: 'A test',
        summary: 'Does it work?',
        cpus: 2
      }
    })
  })

  it('is refused where it is wrong, or too long', async () => {
    await expect(read(aScenarioFile([{ tuch: 'table' }]))).rejects.toThrow(
      'scenario steps[0] has no verb (mine.json)'
    )
    const long = aScenarioFile([{ touch: 'x'.repeat(2 ** 20), count: 1 }])
    await expect(read(long)).rejects.toThrow(/larger than 1MiB \(mine\.json\), give a shorter scenario/)
  })
})

describe('own hardware in a file', () => {
  it.each(['{}', '{ "base": "tiny", "cache": { "llc": { "bytes": "1MiB" } } }'])(
    'is what says nothing else of itself (%#)',
    async (text) => {
      expect(await read(text)).toMatchObject({ kind: 'hardware', hardware: { title: 'mine.json' } })
    }
  )

  it('is refused with the field that is wrong, or when it is too large', async () => {
    await expect(read({ schema: 'dmt-lab/maps@1' })).rejects.toThrow(/schema.*mine\.json/)
    await expect(read({ schema: RUN_SCHEMA, spec: null })).rejects.toThrow('mine.json')
    const large = { base: 'tiny', title: 'x'.repeat(2 ** 16) }
    await expect(read(large)).rejects.toThrow(/larger than 64KiB \(mine\.json\), give only differences/)
  })
})

describe('any other file', () => {
  it.each(['', '   ', '[]', 'I  04000000,3', '['.repeat(100_000)])('is left to others (%#)', async (text) => {
    expect(await read(text)).toBeNull()
  })

  it('is told what is wrong with it where it begins as an object', async () => {
    await expect(read('{')).rejects.toThrow(/the file is no JSON: .* \(mine\.json\)/)
  })
})
