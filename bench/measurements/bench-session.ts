/** A lane's session as a worker serves it, populated, with one batch of random loads in its buffer. */
import { LaneSession } from '@main/lab/lane-session'
import type { LaneSetup } from '@main/lab/lane-protocol'
import { batchBuffer, batchOver } from '@shared/model/access'
import type { Environment } from '@shared/model/environment'
import { benchSpec } from './bench-lane'
import { fillWithRandomLoads, tableArea } from './random-loads'

export const BATCH = 100_000

export function laneSetup(bytes: number, environment: Environment, design: string): LaneSetup {
  const area = tableArea(bytes)
  const buffer = batchBuffer(BATCH)
  fillWithRandomLoads(batchOver(buffer, BATCH), area, 0)
  return {
    id: design,
    design,
    spec: benchSpec({ environment, lanes: [design], footprint: bytes }),
    areas: [area],
    dataPages: area.pages,
    instructionsPerReference: 1,
    buffers: [buffer],
    capacity: BATCH,
    sampleEvery: 1000
  }
}

export function laneSession(bytes: number, environment: Environment, design: string): LaneSession {
  const session = new LaneSession()
  session.prepare(laneSetup(bytes, environment, design))
  session.populate(Infinity)
  session.begin()
  return session
}
