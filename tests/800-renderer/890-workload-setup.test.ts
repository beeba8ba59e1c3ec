import { describe, expect, it } from 'vitest'
import { readKnob, knobText } from '@renderer/composables/knob-text'
import { areaRows, workloadPicture } from '@renderer/help/workload-picture'
import { useSetupChoices } from '@renderer/composables/setup-choices'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import type { WorkloadSample } from '@shared/model/workload-sample'
import { effectScope, nextTick, reactive } from 'vue'
import { useTyped } from '@renderer/composables/typed'
import type { Catalogue } from '@shared/model/catalogue'
import { CATALOGUE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

const GIB = 2 ** 30

const KINDS = [FETCH, LOAD, STORE] as const

/** Three areas and 600 accesses that go through them in turn. */
const SAMPLE: WorkloadSample = {
  workload: 'gups',
  footprint: 4 * GIB,
  areas: [
    { name: 'text', pages: 256, dataPages: 256 },
    { name: 'pool', pages: 100_000, dataPages: 5000 },
    { name: 'stack', pages: 33, dataPages: 33 }
  ],
  kind: Array.from({ length: 600 }, (_, i) => KINDS[i % 3]),
  area: Array.from({ length: 600 }, (_, i) => i % 3),
  page: Array.from({ length: 600 }, (_, i) => (i % 3 === 1 ? (i * 7919) % 100_000 : i % 33))
}

describe('choosing a workload', () => {
  it('brings its own footprint of the preset that was in use', async () => {
    const { setup } = await aWindow()
    await setup.change({ footprint: 128 * GIB })
    expect(setup.preset).toBe('paper')
    await setup.change({ workload: 'sequential' })
    await setup.change({ workload: 'gups' })
    expect(setup.draft?.footprint).toBe(128 * GIB)
  })

  it('keeps a footprint that the person typed', async () => {
    const { setup } = await aWindow()
    await setup.change({ footprint: 3 * GIB })
    await setup.change({ workload: 'sequential' })
    await setup.change({ workload: 'gups' })
    expect(setup.draft?.footprint).toBe(3 * GIB)
  })

  it('offers presets by name, and each size once', async () => {
    await aWindow()
    const { footprints, workloads } = useSetupChoices()
    expect(footprints.value.slice(0, 2).map(({ label }) => label.replace(/\s/g, ' '))).toEqual([
      'Paper 128 GiB',
      'Laptop 4 GiB'
    ])
    const texts = footprints.value.map(({ text }) => text)
    expect(new Set(texts).size).toBe(texts.length)
    expect(workloads.value.map(({ group }) => group)).toEqual([
      'Programs of the paper',
      'Teaching',
      'Scenarios'
    ])
  })
})

describe('a footprint that does not fit', () => {
  it('is told at its field until the set-up changes', async () => {
    const { setup } = await aWindow()
    setup.markUnfit(new Error('2 lanes of 1 TiB take 9 GiB (footprint), choose a smaller one'))
    expect(setup.unfit).toContain('2 lanes of 1 TiB')
    await setup.change({ pageSize: '2M' })
    expect(setup.unfit).toBeNull()
    setup.markUnfit(new Error('the file is gone (trace), choose another'))
    expect(setup.unfit).toBeNull()
  })
})

describe('text that could not be read', () => {
  const KNOB = {
    path: 'gups.skip',
    title: 'Skip',
    help: '',
    shape: { kind: 'count', minimum: 0, maximum: 9, default: 0 }
  }

  async function aWindowWithKnob() {
    const stores = await aWindow()
    const [gups, ...others] = CATALOGUE.workloads
    const workloads = [{ ...gups, knobs: [KNOB] }, ...others] as Catalogue['workloads']
    stores.lab.calls['app/catalogue'] = async () => ({ ...CATALOGUE, workloads })
    await stores.catalogue.load()
    await stores.setup.load()
    return stores
  }

  it('goes with its field, and with the value that comes in its place', async () => {
    const { setup } = await aWindowWithKnob()
    setup.refuse('gups.skip', 'no count')
    await setup.change({ seed: 2 })
    expect(setup.lines).toEqual(['no count'])
    await setup.change({ workload: 'sequential' })
    expect(setup.lines).toEqual([])
    await setup.change({ workload: 'gups' })
    setup.refuse('gups.skip', 'no count')
    setup.refuse('footprint', 'no size')
    await setup.change({ trace: { file: 't', format: 'auto', maps: null } })
    expect(setup.lines).toEqual([])
  })

  it('of a footprint goes when a workload brings its own', async () => {
    const { setup } = await aWindow()
    setup.refuse('footprint', 'no size')
    setup.refuse('seed', 'no count')
    await setup.change({ workload: 'gups' })
    expect(setup.lines).toEqual(['no count'])
  })

  it('leaves its field when its line goes, though the value is the one from before', async () => {
    const field = reactive<{ text: string; problem: string | null }>({ text: '4 GiB', problem: null })
    const scope = effectScope()
    const { typed } = scope.run(() => useTyped(field, () => undefined))!
    typed.value = 'abc'
    field.problem = 'no size'
    await nextTick()
    expect(typed.value).toBe('abc')
    field.problem = null
    await nextTick()
    expect(typed.value).toBe('4 GiB')
    scope.stop()
  })

  it('is entered once, and written back as what was understood, else kept', async () => {
    const field = reactive<{ text: string; problem: string | null }>({ text: '4 GiB', problem: null })
    const taken: string[] = []
    const scope = effectScope()
    const { typed, enter } = scope.run(() => useTyped(field, (text) => taken.push(text)))!
    await enter()
    expect(taken).toEqual([])
    typed.value = '4096 MiB'
    await enter()
    expect([taken, typed.value]).toEqual([['4096 MiB'], '4 GiB'])
    typed.value = 'abc'
    field.problem = 'no size'
    await enter()
    expect([taken.at(-1), typed.value]).toEqual(['abc', 'abc'])
    scope.stop()
  })
})

describe('parameters of a workload', () => {
  it('reach the spec, and only as what the workload reads', async () => {
    const { setup } = await aWindow()
    await setup.setKnob('btree.order', 8)
    expect(setup.input()).toMatchObject({ btree: { order: 8 } })
    expect(setup.knobValue('btree.order')).toBe(8)
  })

  it('are read within their range', () => {
    const shape = { kind: 'count', minimum: 4, maximum: 64, default: 16 } as const
    expect(readKnob(shape, '64')).toEqual({ value: 64 })
    expect(readKnob(shape, '65')).toEqual({ problem: '“65” is no whole number from 4 to 64.' })
    expect(readKnob(shape, 'many')).toHaveProperty('problem')
    expect(readKnob({ ...shape, kind: 'number' }, '4.5')).toEqual({ value: 4.5 })
  })

  it.each([0, 4, 16, 262_144])('read back what they are shown as: %i', (value) => {
    const shape = { kind: 'count', minimum: 0, maximum: 2 ** 30, default: value } as const
    expect(readKnob(shape, knobText(shape, value))).toEqual({ value })
  })
})

describe('the picture of a workload', () => {
  it('has a mark for each access, within its area, and areas that do not overlap', () => {
    const sample = SAMPLE
    const picture = workloadPicture(sample)
    const marks =
      Object.values(picture.paths)
        .join('')
        .match(/M[\d.-]+ [\d.-]+/g) ?? []
    expect(marks).toHaveLength(sample.kind.length)
    picture.bands.slice(1).forEach((band, i) => {
      expect(band.y).toBeGreaterThan(picture.bands[i].y + picture.bands[i].height)
    })
    for (const mark of marks) {
      const [x, y] = mark.slice(1).split(' ').map(Number)
      expect(x).toBeGreaterThanOrEqual(picture.left)
      expect(x).toBeLessThan(picture.width)
      expect(y).toBeGreaterThanOrEqual(0)
      expect(y).toBeLessThan(picture.height)
    }
  })

  it('has rows whose shares add up', () => {
    const rows = areaRows(SAMPLE)
    expect(rows.reduce((sum, row) => sum + row.accesses, 0)).toBeCloseTo(1)
    expect(rows.reduce((sum, row) => sum + row.stores, 0)).toBeCloseTo(1)
  })
})
