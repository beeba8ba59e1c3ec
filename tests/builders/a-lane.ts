/** A lane session that is fed from a real stream in slices, as the lock step feeds it. */
import { designOf } from '@main/designs'
import { lanePages } from '@main/lab/memory-need'
import { LaneSession } from '@main/lab/lane-session'
import { BATCH_CAPACITY, StreamBuffer, crossingReferences } from '@main/lab/stream-buffer'
import { WORKLOADS } from '@main/workloads'
import type { AccessSource } from '@main/workloads/workload'
import type { LaneResult } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'
import { COUNTERS } from '@shared/stats/counters'
import { expect } from 'vitest'
import { smallMemory } from './small-memory'
import { aSpec } from './spec'

/** Bytes of a process that the least memory holds with room to spare. */
const SMALL_FOOTPRINT = 16 * 2 ** 20

export function smallSpec(input: Record<string, unknown> = {}): LabSpec {
  const usual: Record<string, unknown> = {
    profile: 'tiny',
    footprint: '8MiB',
    references: 3000,
    tea: { minVmaMiB: 1 },
    verify: true,
    ...input
  }
  const spec = aSpec(usual)
  return spec.footprint > SMALL_FOOTPRINT ? spec : aSpec({ memory: smallMemory(usual, 64), ...usual })
}

/** The first accesses of a stream without operations: nothing is made that no lane runs. */
export function firstOf(source: AccessSource, accesses: number): AccessSource {
  let left = accesses
  return {
    areas: source.areas,
    instructionsPerReference: source.instructionsPerReference,
    async fill(batch, from, to) {
      const end = await source.fill(batch, from, Math.min(to, from + left))
      left -= end - from
      return end
    }
  }
}

export const sourceOf = (spec: LabSpec): AccessSource => {
  const workload = WORKLOADS.find(({ info }) => info.id === spec.workload)
  if (!workload) throw new Error(`no workload ${spec.workload}`)
  return firstOf(workload.open(spec), spec.warmup + spec.references)
}

export interface FedLane {
  readonly session: LaneSession
  /** Runs up to `most` accesses; how many it ran. */
  feed(most: number): Promise<number>
}

export function aLane(spec: LabSpec, design = spec.lanes[0], source = sourceOf(spec)): FedLane {
  const session = new LaneSession()
  const stream = new StreamBuffer(source, spec.warmup, spec.references, crossingReferences(spec))
  session.prepare({
    id: design,
    design,
    spec,
    areas: source.areas,
    dataPages: lanePages(designOf(design), source),
    instructionsPerReference: source.instructionsPerReference,
    buffers: stream.buffers,
    capacity: BATCH_CAPACITY,
    sampleEvery: 500
  })
  if (spec.trace === null) {
    for (let at = session.populate(700); at.pagesDone < at.pagesTotal && at.ended === null;)
      at = session.populate(700)
  }
  session.begin()
  const feed = async (most: number): Promise<number> => {
    const wasWarming = stream.warmup > 0
    const slice = await stream.take(most)
    if (slice === null) return 0
    const report = session.run(slice.buffer, slice.from, slice.to)
    if (report.error) throw new Error(report.error.text)
    if (report.ended !== null) return 0
    if (wasWarming && stream.warmup === 0) session.endWarmup()
    return slice.to - slice.from
  }
  return { session, feed }
}

/** Feeds the lane to the end in slices of these sizes, over and over; `look` is called between slices. */
export async function runLane(
  lane: FedLane,
  slices: readonly number[] = [BATCH_CAPACITY],
  look: (session: LaneSession) => void = () => undefined
): Promise<LaneResult> {
  for (let i = 0; (await lane.feed(slices[i % slices.length])) > 0; i++) look(lane.session)
  return lane.session.result()
}

/** The laws of every result (contract: "Laws in every result"). */
export function checkResultLaws(result: LaneResult): void {
  const c = result.counters
  expect(c.stlbHits + c.stlbMisses).toBe(c.itlbMisses + c.dtlbMisses)
  expect(c.walks).toBe(c.stlbMisses)
  expect(c.references).toBe(c.fetches + c.loads + c.stores + c.splits)
  expect(c.totalCycles).toBe(c.instructionCycles + c.dataCycles + c.walkStallCycles + c.softwareCycles)
  expect(result.walkHistogram.reduce((sum, row) => sum + row.count, 0)).toBe(c.walks)
  if (['dmt', 'pvdmt'].includes(result.design)) expect(c.dmtWalks + c.fallbackWalks).toBe(c.walks)
  else expect(c.dmtWalks + c.fallbackWalks).toBe(0)
  expect(c.stepsL1 + c.stepsL2 + c.stepsLlc + c.stepsMemory).toBe(c.walkReferences + c.wastedReferences)
  expect(c.translationsChecked).toBe(c.references)
  expect(c.translationErrors).toBe(0)
  expect(COUNTERS.filter(({ id }) => !(c[id] >= 0))).toEqual([])
}
