/** Entry of a lane's thread. */
import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { serveLane } from '@main/lab/lane-server'
import type { LaneThreadData } from './start-lane'

const port = parentPort
if (!port) throw new Error('lane-thread: must be started as a worker thread')

// Linux gives each thread a priority of its own; elsewhere this would slow down the whole process, window and all.
const { givesWay } = workerData as LaneThreadData
if (givesWay && process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

serveLane({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
  onError: (listener) => void port.on('messageerror', listener),
  close: () => port.close()
})
