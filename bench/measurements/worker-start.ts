/** From starting a lane's thread to its first answer: the machine of a small footprint stands. */
import { startLane } from '@main/hosts/engine-thread/start-lane'
import { lineToLane } from '@main/lab/lane-server'
import { sizeText } from '@shared/model/quantity'
import type { BenchCase, Measured } from '../bench-case'
import { laneSetup } from './bench-session'
import { median, rounded } from './timing'

const BYTES = 2 ** 20
const RUNS = 9

export const WORKER_START_CASES: readonly BenchCase[] = [
  { name: `worker-start-${sizeText(BYTES)}-virtualized-radix`, measure }
]

async function measure(): Promise<Measured> {
  const runs: number[] = []
  for (let i = 0; i < RUNS; i++) runs.push(await startOnce())
  return { milliseconds: median(runs), runs }
}

async function startOnce(): Promise<number> {
  const setup = laneSetup(BYTES, 'virtualized', 'radix')
  const start = performance.now()
  const line = lineToLane(startLane())
  await line.lane.prepare(setup)
  const took = performance.now() - start
  line.close()
  return rounded(took)
}
