/** Runs one case: populate, warm every branch, then the loop alone, five times; the median counts. */
import type { AccessBatch } from '@shared/model/access'
import { batchBuffer, batchOver } from '@shared/model/access'
import { OFFER } from '@main/lab/catalogue'
import { Lane } from '@main/lab/lane'
import { Machine } from '@main/lab/machine'
import { Population } from '@main/lab/populate'
import { resolveSpec } from '@main/lab/resolve-spec'
import { designOf } from '@main/designs'
import { WORKLOADS } from '@main/workloads'
import type { Area } from '@main/workloads/workload'
import type { LabSpec } from '@shared/model/spec'
import type { BenchCase } from './cases'
import { randomLoads, tableArea } from './gups-loads'

const REFERENCES = 1_000_000
const RUNS = 5

export interface BenchResult {
  readonly name: string
  readonly referencesPerSecond: number
  readonly pagesPopulatedPerSecond: number
  readonly runs: readonly number[]
}

export async function measure(one: BenchCase): Promise<BenchResult> {
  const spec = specOf(one)
  const { areas, batches } = await streamOf(one, spec)
  const vmas = areas.map((a) => ({ ...a, end: (a.start + a.pages) as typeof a.start, mayHaveTea: true }))
  const machine = new Machine(spec, designOf(one.design), vmas)
  const pagesPopulatedPerSecond = populate(machine, areas)
  const lane = new Lane(machine)
  lane.run(batches[0], 0, REFERENCES)
  const runs = batches.slice(1).map((batch) => rate(REFERENCES, () => lane.run(batch, 0, REFERENCES)))
  const median = [...runs].sort((a, b) => a - b)[Math.floor(runs.length / 2)]
  return { name: one.name, referencesPerSecond: median, pagesPopulatedPerSecond, runs }
}

function populate(machine: Machine, areas: readonly Area[]): number {
  machine.ledger.isQuiet = true
  const population = new Population(machine.stack, areas)
  const perSecond = rate(population.pagesTotal, () => population.advance(Infinity))
  machine.ledger.restart()
  machine.ledger.isQuiet = false
  return perSecond
}

function rate(amount: number, work: () => void): number {
  const start = performance.now()
  work()
  return Math.round((1000 * amount) / (performance.now() - start))
}

function specOf(one: BenchCase): LabSpec {
  const input = {
    environment: one.environment,
    lanes: [one.design],
    footprint: one.bytes,
    workload: one.workload
  }
  const resolved = resolveSpec(input, OFFER)
  if ('problems' in resolved) throw new Error(resolved.problems.join('; '))
  return resolved.spec
}

/** One batch to warm up with and one for each run. */
async function streamOf(
  one: BenchCase,
  spec: LabSpec
): Promise<{ areas: readonly Area[]; batches: AccessBatch[] }> {
  if (one.workload === 'gups') {
    const area = tableArea(one.bytes)
    const batches = Array.from({ length: RUNS + 1 }, (_, i) =>
      randomLoads(area, REFERENCES, i * 2 * REFERENCES)
    )
    return { areas: [area], batches }
  }
  const source = WORKLOADS.find((w) => w.id === one.workload)?.open(spec)
  if (!source) throw new Error(`bench: no workload has the ID ${one.workload}`)
  const batches: AccessBatch[] = []
  for (let i = 0; i <= RUNS; i++) {
    const batch = batchOver(batchBuffer(REFERENCES), REFERENCES)
    await source.fill(batch, 0, REFERENCES)
    batches.push(batch)
  }
  return { areas: source.areas, batches }
}
