/** Scenarios in specs, as sources of a run, and as files that are taken in. */
import { exportRun } from '@main/artifact/export'
import { OFFER } from '@main/lab/catalogue'
import { openSource } from '@main/lab/open-source'
import { resolveSpec } from '@main/lab/resolve-spec'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { aScenarioFile } from '../builders/a-scenario'
import { lab } from '../builders/cli'
import { fileHost, useJsonFiles } from '../builders/json-files'
import { aSpec } from '../builders/spec'

const touch = { touch: 'table', count: 10 }
const file = useJsonFiles()
const nothing = (): void => undefined

const problemsOf = (input: Record<string, unknown>): string[] => {
  const resolved = resolveSpec(input, OFFER)
  return 'problems' in resolved ? resolved.problems : []
}

describe('a spec', () => {
  it('names a scenario that there is, by name or by file, and no trace beside it', () => {
    expect(problemsOf({ scenario: { name: 'chrun' } })[0]).toContain(
      'unknown scenario "chrun" (scenario.name), nearest'
    )
    expect(problemsOf({ scenario: {} })[0]).toContain(
      'a scenario is a name or a file (scenario), set name or file'
    )
    expect(problemsOf({ scenario: { name: 'churn', file: 'x' } })).toHaveLength(1)
    expect(problemsOf({ scenario: { name: 'churn' }, trace: { file: 'x' } })[0]).toContain(
      'one source of accesses'
    )
    expect(problemsOf({ scenario: { name: 'churn' } })).toEqual([])
  })

  it('has the CPUs that the scenario needs, unless it says how many', () => {
    expect(aSpec({ scenario: { name: 'threads' } }).cpu.count).toBe(2)
    expect(aSpec({ scenario: { name: 'threads' }, cpu: { count: 4 } }).cpu.count).toBe(4)
    expect(aSpec({ scenario: { name: 'churn' } }).cpu.count).toBe(1)
  })
})

describe('openSource()', () => {
  it('opens a scenario that comes with the lab', async () => {
    const { source, info } = await openSource(
      aSpec({ scenario: { name: 'churn' }, references: 7 }),
      fileHost,
      nothing
    )
    expect(info).toEqual({ kind: 'scenario', id: 'churn', records: 7 })
    expect(source.labels).toContain('buffer')
  })

  it('opens a file and says which', async () => {
    const path = await file(aScenarioFile([touch]))
    const { source, info } = await openSource(
      aSpec({ scenario: { file: path }, footprint: '64MiB' }),
      fileHost,
      nothing
    )
    const sha256 = createHash('sha256')
      .update(JSON.stringify(aScenarioFile([touch])))
      .digest('hex')
    expect(info).toMatchObject({ kind: 'scenario', id: 'mine', name: 'mine.json', sha256 })
    expect(source.areas.map((area) => area.name)).toEqual(['text', 'data', 'heap', 'table', 'stack'])
  })

  it.each([
    ['{', 'the file is no JSON'],
    [aScenarioFile([{ touch: 'x' }]), 'scenario steps[0] names x, which is not mapped (mine.json)'],
    ['{"a":"' + 'x'.repeat(2 ** 20) + '"}', 'the file is larger than 1MiB (mine.json), give a scenario']
  ])('refuses what is none (%#)', async (value, line) => {
    const spec = aSpec({ scenario: { file: await file(value) } })
    await expect(openSource(spec, fileHost, nothing)).rejects.toThrow(line)
  })
})

it('exportRun() refuses a scenario: a trace of the simulators has no room for operations', async () => {
  const spec = aSpec({ scenario: { name: 'churn' } })
  await expect(exportRun(spec, fileHost, nothing)).rejects.toThrow(
    'holds no operations (scenario), give a workload'
  )
})

describe('the command line', () => {
  const specOf = async (...args: string[]) => (await lab(args)).specs[0]

  it('takes a name or a file in place of what a spec file holds', async () => {
    const path = await file(aScenarioFile([touch], { cpus: 3 }))
    const spec = await file({ trace: { file: 'x' } }, 'spec.json')
    expect(await specOf('run', '--spec', spec, '--scenario', 'churn')).toMatchObject({
      trace: null,
      scenario: { name: 'churn', file: null }
    })
    const other = await file({ scenario: { name: 'churn' } }, 'other.json')
    expect(await specOf('run', '--spec', other, '--scenario', path)).toMatchObject({
      scenario: { name: null, file: path },
      cpu: { count: 3 }
    })
    expect((await specOf('run', '--spec', other, '--workload', 'zipf')).scenario).toBeNull()
    expect((await specOf('run', '--spec', other, '--trace', 'x')).scenario).toBeNull()
  })

  it('takes one source only', async () => {
    const { code, stderr } = await lab(['run', '--scenario', 'churn', '--workload', 'gups'])
    expect([code, stderr]).toEqual([
      2,
      'lab: a run has one source of accesses (--workload and --scenario), give one of them\n'
    ])
  })

  it('lists what there is, and checks a file', async () => {
    expect((await lab(['scenarios'])).stdout).toContain('threads   threads')
    expect(JSON.parse((await lab(['scenarios', '--json'])).stdout)).toHaveLength(2)
    const path = await file(aScenarioFile([{ mmap: 'a', size: 'big' }]))
    const { code, stderr } = await lab(['scenarios', path])
    expect(code).toBe(2)
    expect(stderr).toBe(
      `lab: scenario steps[0].size is not a size (${path}), give a share such as "12.5%" or "1/8", or a size such as "64MiB"\n`
    )
  })
})
