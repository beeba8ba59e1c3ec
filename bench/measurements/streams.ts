/** The streams that lanes are measured over: areas, and a batch to warm up with before those that count. */
import { openStream } from '@main/store/open-stream'
import { openTraceSource } from '@main/traces/trace-source'
import { WORKLOADS } from '@main/workloads'
import type { AccessSource, Area } from '@main/workloads/workload'
import { batchBuffer, batchOver, type AccessBatch } from '@shared/model/access'
import { benchSpec } from './bench-lane'
import { randomLoads, tableArea } from './random-loads'

/** References in each batch but the first of a trace. */
export const REFERENCES = 1_000_000
export const RUNS = 5

const FIXTURES = 'tests/fixtures/traces'

export interface Stream {
  readonly areas: readonly Area[]
  /** Visits every branch, and every page of a trace. */
  readonly warmup: AccessBatch
  /** One for each run. */
  readonly batches: readonly AccessBatch[]
}

/** @param workload `gups`, which is the bench's own stream; any other workload of the lab */
export async function workloadStream(workload: string, bytes: number): Promise<Stream> {
  if (workload === 'gups') return randomStream(bytes)
  const source = WORKLOADS.find(({ info }) => info.id === workload)?.open(
    benchSpec({ workload, footprint: bytes })
  )
  if (!source) throw new Error(`bench: no workload has the ID ${workload}`)
  return streamOf(source, REFERENCES)
}

function randomStream(bytes: number): Stream {
  const area = tableArea(bytes)
  const batch = (n: number): AccessBatch => randomLoads(area, REFERENCES, n * 2 * REFERENCES)
  return {
    areas: [area],
    warmup: batch(0),
    batches: Array.from({ length: RUNS }, (_, i) => batch(i + 1))
  }
}

/** A recorded program, over and over, with its memory map; the first pass touches every page. */
export async function traceStream(name: string): Promise<Stream> {
  const { source, info } = await openTraceSource({
    openTrace: () => openStream(`${FIXTURES}/${name}.lackey.gz`),
    openMap: () => openStream(`${FIXTURES}/${name}.maps`),
    format: 'lackey',
    levels: 4,
    loop: true
  })
  const stream = await streamOf(source, info.records)
  await source.close?.()
  return stream
}

async function streamOf(source: AccessSource, warmup: number): Promise<Stream> {
  const next = async (count: number): Promise<AccessBatch> => {
    const batch = batchOver(batchBuffer(count), count)
    await source.fill(batch, 0, count)
    return batch
  }
  const first = await next(warmup)
  const batches: AccessBatch[] = []
  while (batches.length < RUNS) batches.push(await next(REFERENCES))
  return { areas: source.areas, warmup: first, batches }
}
