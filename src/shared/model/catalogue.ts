/** What the lab offers: the pickers of the window and the help of the command line read this. */
import type { Environment } from './environment'
import type { HardwareProfile } from './hardware-profile'

export interface DesignInfo {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly paper: string | null
  readonly environments: readonly Environment[]
  /** Why it has no meaning in the others. */
  readonly refusal: string | null
  /** It has registers, so its DMT switch works. */
  readonly hasRegisters: boolean
}

export interface WorkloadInfo {
  readonly id: string
  readonly title: string
  readonly summary: string
}

export interface ScenarioInfo extends WorkloadInfo {
  /** CPUs it needs. */
  readonly cpus: number
}

export interface Catalogue {
  readonly version: string
  readonly host: 'electron' | 'web'
  readonly designs: readonly DesignInfo[]
  readonly workloads: readonly WorkloadInfo[]
  /** Their summary is the question they ask. */
  readonly scenarios: readonly ScenarioInfo[]
  readonly profiles: readonly HardwareProfile[]
}

/** What a trace file holds, schema dmt-lab/trace@1. */
export interface TraceSummary {
  readonly schema: 'dmt-lab/trace@1'
  readonly format: string
  readonly records: number
  readonly fetches: number
  readonly loads: number
  readonly stores: number
  readonly badLines: number
  readonly pages4K: number
  readonly firstBadLines: readonly string[]
}

/** A scenario file the window may play: main keeps the path, the window holds the token. */
export interface ImportedScenario {
  readonly token: string
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly cpus: number
}

/** A trace the window may run: main keeps the path, the window holds the token. */
export interface ImportedTrace {
  readonly token: string
  readonly name: string
  readonly bytes: number
  /** Null when the file is a memory map. */
  readonly summary: TraceSummary | null
  readonly maps: { readonly token: string; readonly name: string; readonly areas: number } | null
}
