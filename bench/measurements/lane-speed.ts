/** References a second of one lane: populate, warm every branch, then the loop alone, five times; the median counts. */
import { DESIGNS } from '@main/designs'
import { ENVIRONMENTS, type Environment } from '@shared/model/environment'
import { sizeText } from '@shared/model/quantity'
import type { BenchCase, Measured } from '../bench-case'
import { benchLane, populate } from './bench-lane'
import { REFERENCES, traceStream, workloadStream, type Stream } from './streams'
import { median, rate } from './timing'

const GIB = 2 ** 30
/** Bytes that the recorded program touches. */
const TRACE = { name: 'list-chase', bytes: 117 * 2 ** 20 }

export const LANE_SPEED_CASES: readonly BenchCase[] = [
  ...workloadCases('gups', 4 * GIB),
  ...workloadCases('sequential', 4 * GIB),
  ...workloadCases('zipf', 4 * GIB),
  ...onEveryMachine(`${TRACE.name}-${sizeText(TRACE.bytes)}`, (environment, design) =>
    measureTrace(environment, design)
  ),
  ...workloadCases('gups', 64 * GIB)
]

function workloadCases(workload: string, bytes: number): BenchCase[] {
  return onEveryMachine(`${workload}-${sizeText(bytes)}`, (environment, design) =>
    measureWorkload(workload, bytes, environment, design)
  )
}

function onEveryMachine(
  name: string,
  measure: (environment: Environment, design: string) => Promise<Measured>
): BenchCase[] {
  return ENVIRONMENTS.flatMap((environment) =>
    DESIGNS.filter((design) => design.info.environments.includes(environment)).map(({ info }) => ({
      name: `${name}-${environment}-${info.id}`,
      measure: () => measure(environment, info.id)
    }))
  )
}

async function measureWorkload(
  workload: string,
  footprint: number,
  environment: Environment,
  design: string
): Promise<Measured> {
  const stream = await workloadStream(workload, footprint)
  const lane = benchLane({ environment, lanes: [design], footprint, workload }, stream.areas)
  const pagesPopulatedPerSecond = populate(lane.machine, stream.areas)
  return { ...speedOf(lane, stream), pagesPopulatedPerSecond }
}

/** A trace faults on demand, in its first pass. */
async function measureTrace(environment: Environment, design: string): Promise<Measured> {
  const stream = await traceStream(TRACE.name)
  return speedOf(benchLane({ environment, lanes: [design] }, stream.areas), stream)
}

function speedOf(lane: ReturnType<typeof benchLane>, { warmup, batches }: Stream): Measured {
  lane.run(warmup, 0, warmup.capacity)
  const runs = batches.map((batch) => rate(REFERENCES, () => lane.run(batch, 0, REFERENCES)))
  return { referencesPerSecond: median(runs), runs }
}
