/** The engine, the disk and the terminal behind the commands. */
import { EXPORT_NAMES, exportRun } from '@main/artifact/export'
import { lookAtFiles } from '@main/artifact/look'
import { replay, type Replay } from '@main/artifact/replay'
import { OFFER } from '@main/lab/catalogue'
import { coldWalk } from '@main/lab/cold-walk'
import type { FileStream, LabHost } from '@main/lab/ports'
import { progressMeter } from '@main/lab/progress'
import { runToEnd } from '@main/lab/run'
import { readMapsFolder } from '@main/maps/maps-folder'
import { readMapsReport } from '@main/maps/maps-report'
import { isFolder, listFolder } from '@main/store/list-folder'
import { openStream } from '@main/store/open-stream'
import { checkFolder, writeFolder } from '@main/store/write-folder'
import { checkFilePath, isSameFile, writeText } from '@main/store/write-text'
import { convertedTrace } from '@main/traces/convert-trace'
import { summarizeTrace } from '@main/traces/trace-summary'
import type { TraceSummary } from '@shared/model/catalogue'
import type { MapsFolder, MapsReport } from '@shared/model/maps-report'
import type { MapsRules } from '@shared/model/maps-rules'
import type { Progress } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { version } from '../../../../package.json'
import { startLane } from '../engine-thread/start-lane'
import { usableMemory } from '../engine-thread/usable-memory'
import { onInterrupt } from './interrupts'
import { printed } from './printed'
import type { ReplayFiles, RunHooks, Served, Toolbox } from './toolbox'

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

async function replayFiles(files: ReplayFiles, onProgress: (progress: Progress) => void): Promise<Replay> {
  const { trace, tables, hostTables, warmup, frameNumbers } = files
  return replay({
    trace: await openFile(trace),
    tables: await openFile(tables),
    hostTables: hostTables === null ? null : await openFile(hostTables),
    warmup,
    frameNumbers,
    onProgress: progressMeter(onProgress, () => performance.now())
  })
}

async function readMaps(paths: readonly string[], rules: MapsRules): Promise<MapsReport | MapsFolder> {
  const [first, ...others] = paths
  if (others.length === 0 && !(await isFolder(first))) return readMapsReport(await openFile(first), rules)
  const folders = await Promise.all(
    paths.map(async (path) => ((await isFolder(path)) ? await listFolder(path) : [{ path, name: path }]))
  )
  const files = folders.flat().map(({ path, name }) => ({ name, open: () => openFile(path) }))
  return readMapsFolder(files, rules)
}

async function exportTo(
  spec: LabSpec,
  folder: string,
  onProgress: (progress: Progress) => void
): Promise<void> {
  await checkFolder(folder, EXPORT_NAMES)
  await writeFolder(folder, await exportRun(spec, host, onProgress), EXPORT_NAMES)
}

async function summarize(path: string, format: string, hooks: RunHooks): Promise<TraceSummary> {
  const stream = await openFile(path)
  const report = progressMeter(
    (progress) => hooks.onProgress(progress),
    () => performance.now()
  )
  const onProgress = (read: number): void => report('Reading the trace', read, stream.bytes, 'bytes')
  return summarizeTrace(stream, format, { onProgress, signal: hooks.signal })
}

/** Reads the file twice: its header says how many records follow. */
async function convert(path: string, format: string, out: string, hooks: RunHooks): Promise<TraceSummary> {
  await checkFilePath(out)
  if (await isSameFile(path, out))
    throw new UserError('this is the trace that is read', out, 'choose another name')
  const summary = await summarize(path, format, hooks)
  const stream = await openFile(path)
  const report = progressMeter(
    (progress) => hooks.onProgress(progress),
    () => performance.now()
  )
  const onProgress = (read: number): void => report('Converting', read, stream.bytes, 'bytes')
  await writeText(out, convertedTrace(stream, summary, { onProgress, signal: hooks.signal }))
  return summary
}

export const realToolbox: Toolbox = {
  version,
  offer: OFFER,
  run: (spec, hooks) => runToEnd(spec, host, hooks),
  coldWalk,
  look: (paths, frameNumbers) => lookAtFiles(paths, frameNumbers, { openFile }),
  replay: replayFiles,
  exportRun: exportTo,
  summarizeTrace: summarize,
  convertTrace: convert,
  readMaps,
  serve,
  stdout: (text) => printed(process.stdout, text),
  stderr: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY,
  onInterrupt
}
