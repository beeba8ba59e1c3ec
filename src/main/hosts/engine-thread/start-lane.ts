/** Starts a lane in a thread of its own. */
import type { LanePort } from '@main/lab/ports'
import createWorker from './lane-thread?nodeWorker'

export function startLane(): LanePort {
  const worker = createWorker({})
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onError: (listener) => void worker.on('error', listener),
    close: () => void worker.terminate()
  }
}
