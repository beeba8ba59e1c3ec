import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { workloadSample } from '@main/lab/workload-sample'
import { WORKLOADS } from '@main/workloads'
import { labSpecSchema } from '@shared/model/spec'
import { FETCH, STORE } from '@shared/model/access'
import { SAMPLE_ACCESSES } from '@shared/model/workload-sample'

describe('the sample of a workload', () => {
  it.each(WORKLOADS.map(({ info }) => info))('$id: every access lies in an area', async ({ id, presets }) => {
    const sample = await workloadSample(id)
    expect(sample.footprint).toBe(presets?.laptop ?? 2 ** 26)
    for (const column of [sample.kind, sample.area, sample.page]) expect(column).toHaveLength(SAMPLE_ACCESSES)
    sample.page.forEach((page, i) => {
      expect(page).toBeGreaterThanOrEqual(0)
      expect(page).toBeLessThan(sample.areas[sample.area[i]].pages)
    })
    for (const { pages, dataPages } of sample.areas) expect(dataPages).toBeLessThanOrEqual(pages)
  })

  it('of GUPS has as many stores as loads of data, in the table and on the heap', async () => {
    const { kind, area, areas } = await workloadSample('gups')
    const data = kind.flatMap((one, i) => (one === FETCH ? [] : [{ one, name: areas[area[i]].name }]))
    const stores = data.filter(({ one }) => one === STORE).length
    expect(stores / data.length).toBeCloseTo(0.5, 2)
    expect(new Set(data.map(({ name }) => name))).toEqual(new Set(['table', 'heap']))
  })

  it('of what there is not is refused', async () => {
    await expect(workloadSample('gup')).rejects.toThrow('no workload gup')
  })
})

describe('knobs that are offered', () => {
  it('have parameters of the spec, in range', () => {
    for (const { path, shape } of OFFER.workloads.flatMap((one) => one.knobs)) {
      const [group] = path.split('.') as [keyof typeof labSpecSchema.shape]
      expect(labSpecSchema.shape[group].parse({})).toHaveProperty(path.split('.')[1], shape.default)
    }
  })
})
