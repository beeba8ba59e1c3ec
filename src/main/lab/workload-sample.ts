/** The first accesses of a workload at its laptop footprint, for its picture in Help. */
import { pageFrom } from '@shared/address/address'
import {
  batchBuffer,
  batchOver,
  FETCH,
  LOAD,
  STORE,
  type AccessBatch,
  type AccessKind
} from '@shared/model/access'
import { UserError } from '@shared/model/user-error'
import { SAMPLE_ACCESSES, type WorkloadSample } from '@shared/model/workload-sample'
import { WORKLOADS } from '../workloads'
import { backedPages } from '../workloads/area-runs'
import type { Area, Workload } from '../workloads/workload'
import { OFFER } from './catalogue'
import { resolveSpec } from './resolve-spec'

/** Of workloads that suit every size. */
const USUAL_FOOTPRINT = 64 * 2 ** 20

/** @throws UserError for a workload that there is not */
export async function workloadSample(id: string): Promise<WorkloadSample> {
  const workload = WORKLOADS.find(({ info }) => info.id === id)
  if (!workload) throw new UserError(`there is no workload ${id}`, '', 'choose one of the list')
  const footprint = workload.info.presets?.laptop ?? USUAL_FOOTPRINT
  return sampleOf(workload, footprint)
}

async function sampleOf(workload: Workload, footprint: number): Promise<WorkloadSample> {
  const { id } = workload.info
  const resolved = resolveSpec({ workload: id, footprint }, OFFER)
  if (!('spec' in resolved)) throw new Error(resolved.problems.join(' '))
  const source = workload.open(resolved.spec)
  const batch = batchOver(batchBuffer(SAMPLE_ACCESSES), SAMPLE_ACCESSES)
  const end = await source.fill(batch, 0, SAMPLE_ACCESSES)
  await source.close?.()
  const areas = [...source.areas].sort((a, b) => a.start - b.start)
  return { workload: id, footprint, areas: areas.map(describe), ...columns(batch, end, areas) }
}

const describe = (area: Area): WorkloadSample['areas'][number] => ({
  name: area.name,
  pages: area.pages,
  dataPages: backedPages(area)
})

const isAccess = (kind: number): kind is AccessKind => kind === LOAD || kind === STORE || kind === FETCH

function columns(
  batch: AccessBatch,
  end: number,
  areas: readonly Area[]
): Pick<WorkloadSample, 'kind' | 'area' | 'page'> {
  const [kind, area, page]: [AccessKind[], number[], number[]] = [[], [], []]
  for (let i = 0; i < end; i++) {
    const one = batch.kind[i]
    const at = pageFrom(batch.high[i], batch.low[i])
    const within = areas.findIndex(({ start, pages }) => at >= start && at < start + pages)
    if (!isAccess(one) || within < 0) throw new Error(`workload-sample: access ${i} lies in no area`)
    kind.push(one)
    area.push(within)
    page.push(at - areas[within].start)
  }
  return { kind, area, page }
}
