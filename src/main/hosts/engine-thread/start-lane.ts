/** Starts a lane in a thread of its own. */
import type { LanePort } from '@main/lab/ports'
import createWorker from './lane-thread?nodeWorker'

/** What the thread is told when it starts. */
export interface LaneThreadData {
  /** A window is drawn on the same cores: it goes first. */
  readonly givesWay: boolean
}

/** At full priority, for those who wait for nothing but its result. */
export const startLane = (): LanePort => portOf({ givesWay: false })

/** Beside a window, which has to answer while lanes run flat out. */
export const startLaneBesideWindow = (): LanePort => portOf({ givesWay: true })

function portOf(workerData: LaneThreadData): LanePort {
  const worker = createWorker({ workerData })
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onError: (listener) => void worker.on('error', listener),
    close: () => void worker.terminate()
  }
}
