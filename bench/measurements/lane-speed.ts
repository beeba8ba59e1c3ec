/** References a second of one lane: populate, warm every branch, then the loop alone, five times; the median counts. */
import { DESIGNS } from '@main/designs'
import { WORKLOADS } from '@main/workloads'
import type { Area } from '@main/workloads/workload'
import { batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import { ENVIRONMENTS, type Environment } from '@shared/model/environment'
import { sizeText } from '@shared/model/quantity'
import type { BenchCase, Measured } from '../bench-case'
import { benchLane, benchSpec, populate } from './bench-lane'
import { randomLoads, tableArea } from './random-loads'
import { median, rate } from './timing'

const GIB = 2 ** 30
const REFERENCES = 1_000_000
const RUNS = 5

type StreamName = 'gups' | 'sequential' | 'zipf'

interface Stream {
  readonly areas: readonly Area[]
  /** One batch to warm up with and one for each run. */
  readonly batches: readonly AccessBatch[]
}

export const LANE_SPEED_CASES: readonly BenchCase[] = [
  ...cases('gups', 4 * GIB),
  ...cases('sequential', 4 * GIB),
  ...cases('zipf', 4 * GIB),
  ...cases('gups', 64 * GIB)
]

function cases(workload: StreamName, bytes: number): BenchCase[] {
  return ENVIRONMENTS.flatMap((environment) =>
    DESIGNS.filter((design) => design.info.environments.includes(environment)).map(({ info }) => ({
      name: `${workload}-${sizeText(bytes)}-${environment}-${info.id}`,
      measure: () => measure(workload, bytes, environment, info.id)
    }))
  )
}

async function measure(
  workload: StreamName,
  bytes: number,
  environment: Environment,
  design: string
): Promise<Measured> {
  const { areas, batches } = await streamOf(workload, bytes)
  const lane = benchLane({ environment, lanes: [design], footprint: bytes, workload }, areas)
  const pagesPopulatedPerSecond = populate(lane.machine, areas)
  lane.run(batches[0], 0, REFERENCES)
  const runs = batches.slice(1).map((batch) => rate(REFERENCES, () => lane.run(batch, 0, REFERENCES)))
  return { referencesPerSecond: median(runs), pagesPopulatedPerSecond, runs }
}

async function streamOf(workload: StreamName, bytes: number): Promise<Stream> {
  return workload === 'gups' ? gupsLoads(bytes) : generated(workload, bytes)
}

function gupsLoads(bytes: number): Stream {
  const area = tableArea(bytes)
  const batches = Array.from({ length: RUNS + 1 }, (_, i) =>
    randomLoads(area, REFERENCES, i * 2 * REFERENCES)
  )
  return { areas: [area], batches }
}

async function generated(id: string, footprint: number): Promise<Stream> {
  const source = WORKLOADS.find((w) => w.id === id)?.open(benchSpec({ workload: id, footprint }))
  if (!source) throw new Error(`bench: no workload has the ID ${id}`)
  const batches: AccessBatch[] = []
  for (let i = 0; i <= RUNS; i++) {
    const batch = batchOver(batchBuffer(REFERENCES), REFERENCES)
    await source.fill(batch, 0, REFERENCES)
    batches.push(batch)
  }
  return { areas: source.areas, batches }
}
