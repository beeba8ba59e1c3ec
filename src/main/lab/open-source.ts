/** The access stream a spec asks for: a workload made on the fly, or a trace with its areas. */
import type { SourceInfo } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'
import { openTraceSource } from '../traces/trace-source'
import { WORKLOADS } from '../workloads'
import type { AccessSource } from '../workloads/workload'
import type { LabHost } from './ports'
import type { ProgressReport } from './progress'

export interface OpenedSource {
  readonly source: AccessSource
  readonly info: SourceInfo
}

/** @throws UserError for a file that is no trace, or a map that is none */
export async function openSource(
  spec: LabSpec,
  host: LabHost,
  report: ProgressReport
): Promise<OpenedSource> {
  const { trace } = spec
  if (trace) {
    const { maps } = trace
    return openTraceSource({
      openTrace: () => host.openFile(trace.file),
      openMap: maps === null ? null : () => host.openFile(maps),
      format: trace.format,
      levels: spec.levels,
      loop: spec.loop,
      onProgress: (done, total) => report('Reading the trace', done, total, 'bytes')
    })
  }
  const workload = WORKLOADS.find((w) => w.id === spec.workload)
  if (!workload) throw new Error(`openSource: no workload has the ID ${spec.workload}`)
  return {
    source: workload.open(spec),
    info: { kind: 'workload', id: workload.id, records: spec.warmup + spec.references }
  }
}
