/** The engine, the disk and the terminal behind the commands. */
import { OFFER } from '@main/lab/catalogue'
import { coldWalk } from '@main/lab/cold-walk'
import type { FileStream, LabHost } from '@main/lab/ports'
import { runToEnd } from '@main/lab/run'
import { openStream } from '@main/store/open-stream'
import { summarizeTrace } from '@main/traces/trace-summary'
import { version } from '../../../../package.json'
import { startLane } from '../engine-thread/start-lane'
import { usableMemory } from '../engine-thread/usable-memory'
import { onInterrupt } from './interrupts'
import { printed } from './printed'
import type { Served, Toolbox } from './toolbox'

/** In a terminal a file is named as the person named it. */
const openFile = (path: string): Promise<FileStream> => openStream(path, { shownAs: path })

const host: LabHost = {
  kind: 'cli',
  version,
  startLane,
  usableMemory,
  openFile,
  // Reports of the command line are written by its own commands.
  exportReport: () => Promise.resolve({ kind: 'cancelled' })
}

/** Loaded when it is wanted: the other commands have no use for a server. */
async function serve(port: number): Promise<Served> {
  const { startWebHost } = await import('../web/web-host')
  return startWebHost({ port })
}

export const realToolbox: Toolbox = {
  version,
  offer: OFFER,
  run: (spec, hooks) => runToEnd(spec, host, hooks),
  coldWalk,
  summarizeTrace: async (path, format) => summarizeTrace(await openFile(path), format),
  serve,
  stdout: (text) => printed(process.stdout, text),
  stderr: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  onInterrupt
}
