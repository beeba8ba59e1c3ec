/** A case runs in a thread of its own, as a lane does: what one case taught the compiler must not help another. */
import { parentPort, workerData } from 'node:worker_threads'
import { measure } from './measure'
import type { BenchCase } from './cases'

parentPort?.postMessage(await measure(workerData as BenchCase))
