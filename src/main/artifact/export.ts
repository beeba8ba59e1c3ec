/**
 * Writes what a run was over in the form that the simulators published with DMT read: the accesses as trace.bin, the
 * tables of the first lane's innermost OS as pt_dump, and those of the layer below as pt_dump.host.
 */
import { batchOver } from '@shared/model/access'
import type { LabSpec } from '@shared/model/spec'
import type { Progress } from '@shared/model/snapshot'
import { UserError } from '@shared/model/user-error'
import { designOf } from '../designs'
import { asVma } from '../lab/area-vma'
import { Lane } from '../lab/lane'
import { Machine } from '../lab/machine'
import { checkMemory, lanePages } from '../lab/memory-need'
import { openSource } from '../lab/open-source'
import { Population } from '../lab/populate'
import type { LabHost } from '../lab/ports'
import { progressMeter, type ProgressReport } from '../lab/progress'
import { BATCH_CAPACITY, StreamBuffer, crossingReferences } from '../lab/stream-buffer'
import type { AccessSource } from '../workloads/workload'
import { recordsOf } from '../traces/access-records'
import { dumpText, type DumpedTable } from './dump-text'

export const EXPORT_NAMES = ['trace.bin', 'pt_dump', 'pt_dump.host'] as const

export interface ExportFile {
  readonly name: (typeof EXPORT_NAMES)[number]
  readonly text: AsyncIterable<string | Uint8Array>
}

const PAGES_A_SLICE = 50_000

/** @throws UserError for what the files cannot hold */
function checkExportable(spec: LabSpec): void {
  const { levels, hostLevels, pageSize, hostPageSize, environment, lanes, scenario } = spec
  const refuse = (what: string, where: string, todo: string): never => {
    throw new UserError(what, where, todo)
  }
  if (scenario) refuse('a trace of the simulators holds no operations', 'scenario', 'give a workload')
  if (levels !== 4) refuse('a dump has tables of 4 levels', 'levels', 'give 4')
  if (pageSize !== '4K') refuse('a dump has pages of 4 KiB', 'pageSize', 'give 4K')
  if (environment === 'native') return
  if (hostLevels === 5) refuse('a dump has tables of 4 levels', 'hostLevels', 'give 4')
  if (hostPageSize !== '4K') refuse('a dump has pages of 4 KiB', 'hostPageSize', 'give 4K')
  if (environment === 'nested' && lanes[0] !== 'radix') {
    refuse(`${lanes[0]} keeps no full shadow EPT to dump`, 'lanes', 'put radix first')
  }
}

/**
 * The files, each written as it is read, in their order: the tables are complete when the accesses have been run.
 * @throws UserError, here or while it is read; OutOfMemory while it is read
 */
export async function exportRun(
  spec: LabSpec,
  host: LabHost,
  onProgress: (progress: Progress) => void
): Promise<ExportFile[]> {
  checkExportable(spec)
  const report = progressMeter(onProgress, () => performance.now())
  const { source } = await openSource(spec, host, report)
  checkMemory({ ...spec, lanes: spec.lanes.slice(0, 1) }, source, host.usableMemory())
  const design = designOf(spec.lanes[0])
  const machine = new Machine(spec, design, source.areas.map(asVma), lanePages(design, source))
  const { inner, shadow, shadows, layers } = machine.stack
  const guest = { root: inner.space.table.root, levels: spec.levels, entries: inner.entries }
  const files: ExportFile[] = [
    { name: 'trace.bin', text: runAndRecord(spec, machine, source, report) },
    { name: 'pt_dump', text: dumpText(guest) }
  ]
  if (spec.environment === 'native') return files
  // A process's shadow is no layer's own table: the dump shows what it was made of.
  const { root } = (shadows.plan === 'populated' ? (shadow ?? layers[0].space) : layers[0].space).table
  const below: DumpedTable = { root, levels: spec.levels, entries: layers[0].entries }
  return [...files, { name: 'pt_dump.host', text: dumpText(below) }]
}

/** Populates memory, then runs every access, warm-up included, and yields its record. */
async function* runAndRecord(
  spec: LabSpec,
  machine: Machine,
  source: AccessSource,
  report: ProgressReport
): AsyncGenerator<Uint8Array> {
  machine.ledger.isQuiet = true
  if (spec.trace === null) populate(new Population(machine.stack, source.areas), report)
  const stream = new StreamBuffer(source, spec.warmup, spec.references, crossingReferences(spec))
  const batches = stream.buffers.map((buffer) => batchOver(buffer, BATCH_CAPACITY))
  const lane = new Lane(machine)
  const total = spec.warmup + spec.references
  try {
    for (let slice = await stream.take(BATCH_CAPACITY); slice; slice = await stream.take(BATCH_CAPACITY)) {
      const batch = batches[slice.buffer]
      lane.run(batch, slice.from, slice.to)
      yield recordsOf(batch, slice.from, slice.to)
      report('Running', Math.min(lane.accesses, total), total, 'references')
    }
  } finally {
    // The run may end before the trace does.
    await source.close?.()
  }
}

function populate(population: Population, report: ProgressReport): void {
  while (population.pagesDone < population.pagesTotal) {
    population.advance(PAGES_A_SLICE)
    report('Populating memory', population.pagesDone, population.pagesTotal, 'pages')
  }
}
