/** Entry of a lane's thread. */
import { parentPort } from 'node:worker_threads'
import { serveLane } from '@main/lab/lane-server'

const port = parentPort
if (!port) throw new Error('lane-thread: must be started as a worker thread')

serveLane({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on('message', listener),
  onError: (listener) => void port.on('messageerror', listener),
  close: () => port.close()
})
