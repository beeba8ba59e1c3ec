import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { labSpecSchema } from '@shared/model/spec'
import { someHardware } from '../../builders/offer'
import { lab } from '../../builders/cli'

const engine = { offer: OFFER }
const defaults = labSpecSchema.parse(someHardware)
const valueAt = (path: string): unknown =>
  path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], defaults)

interface Listed {
  readonly id: string
  readonly presets: { readonly paper: number; readonly laptop: number } | null
  readonly knobs: readonly { readonly path: string; readonly default: unknown }[]
}

describe('lab workloads', () => {
  it('lists each with its footprints and knobs, whose defaults are those of a spec', async () => {
    const { code, stdout } = await lab(['workloads', '--json'], engine)
    const listed = JSON.parse(stdout) as Listed[]
    expect(code).toBe(0)
    expect(listed.map((one) => one.id)).toEqual(OFFER.workloads.map((one) => one.id))
    for (const { presets } of listed) if (presets) expect(presets.laptop).toBeLessThan(presets.paper)
    for (const knob of listed.flatMap((one) => one.knobs)) expect(knob.default).toEqual(valueAt(knob.path))
  })

  it('as a table, a line each, sizes with their unit', async () => {
    const { stdout } = await lab(['workloads'], engine)
    expect(stdout).toMatch(/^gups +128\sGiB +4\sGiB +HPCC/m)
    for (const { id } of OFFER.workloads) expect(stdout).toMatch(new RegExp(`^${id} `, 'm'))
  })
})

describe('lab run --preset', () => {
  const footprint = async (...args: string[]) => (await lab(['run', ...args], engine)).specs[0]?.footprint
  const refused = async (...args: string[]) => {
    const { code, stderr } = await lab(['run', ...args], engine)
    expect(code).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    return stderr
  }

  it('takes the footprint that belongs to the workload', async () => {
    expect(await footprint('--workload', 'gups', '--preset', 'paper')).toBe(128 * 2 ** 30)
    expect(await footprint('--preset', 'laptop')).toBe(4 * 2 ** 30)
  })

  it('is refused beside a footprint, wherever it is given', async () => {
    expect(await refused('--preset', 'paper', '--footprint', '1GiB')).toContain('one footprint')
    expect(await refused('--preset', 'paper', '--option', 'footprint=1GiB')).toContain('one footprint')
  })

  it('is refused where the workload has none, and without a workload', async () => {
    expect(await refused('--workload', 'zipf', '--preset', 'paper')).toContain('zipf has no presets')
    expect(await refused('--trace', 'a.gz', '--preset', 'paper')).toContain('only workloads have presets')
    expect(await refused('--scenario', 'churn', '--preset', 'paper')).toContain('only workloads have presets')
  })

  it('names what there is when it is another word, and the workload when that is unknown', async () => {
    expect(await refused('--preset', 'huge')).toMatch(/paper.*laptop/)
    expect(await refused('--workload', 'gup', '--preset', 'paper')).toContain('unknown workload')
  })
})
