/** The access stream a spec asks for: a workload or a scenario made on the fly, or a trace with its areas. */
import type { SourceInfo } from '@shared/model/result'
import type { LabSpec, ScenarioSpec } from '@shared/model/spec'
import { SCENARIOS } from '../scenarios'
import { openScenario } from '../scenarios/scenario-source'
import { KeptSurveys } from '../traces/kept-surveys'
import { openTraceSource } from '../traces/trace-source'
import { WORKLOADS } from '../workloads'
import type { AccessSource } from '../workloads/workload'
import type { LabHost } from './ports'
import { readScenarioFile } from './scenario-file'
import type { ProgressReport } from './progress'

export interface OpenedSource {
  readonly source: AccessSource
  readonly info: SourceInfo
}

/** How files are read: what ends it, and what earlier readings have left. */
export interface Reading {
  readonly signal?: AbortSignal
  readonly surveys?: KeptSurveys
}

/** @throws UserError for a file that is no trace, or a map that is none */
export async function openSource(
  spec: LabSpec,
  host: LabHost,
  report: ProgressReport,
  { signal, surveys = new KeptSurveys() }: Reading = {}
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
      signal,
      survey: (stream, options) => surveys.survey(trace.file, stream, options),
      onProgress: (done, total) => report('Reading the trace', done, total, 'bytes')
    })
  }
  if (spec.scenario) return openScenarioSource(spec, spec.scenario, host)
  const workload = WORKLOADS.find(({ info }) => info.id === spec.workload)
  if (!workload) throw new Error(`openSource: no workload has the ID ${spec.workload}`)
  return {
    source: workload.open(spec),
    info: { kind: 'workload', id: workload.info.id, records: recordsOf(spec) }
  }
}

const recordsOf = ({ warmup, references }: LabSpec): number => warmup + references

async function openScenarioSource(
  spec: LabSpec,
  { name, file }: ScenarioSpec,
  host: LabHost
): Promise<OpenedSource> {
  if (file === null) {
    const shipped = SCENARIOS.find(({ id }) => id === name)
    if (!shipped) throw new Error(`openSource: no scenario has the ID ${name}`)
    const info: SourceInfo = { kind: 'scenario', id: shipped.id, records: recordsOf(spec) }
    return { source: openScenario(shipped.scenario, shipped.id, spec), info }
  }
  const { scenario, info } = await readScenarioFile(await host.openFile(file))
  return {
    source: openScenario(scenario, info.name, spec),
    info: { kind: 'scenario', ...info, records: recordsOf(spec) }
  }
}
