/** A set-up read from a file: a spec, or the one that the result of a run says it has run. */
import type { HardwareProfile } from './hardware-profile'
import type { LabSpec } from './spec'

export interface ImportedSetup {
  /** Of the file, without a folder. */
  readonly name: string
  /** Without files that it names: a file's name says nothing of where it is here. */
  readonly spec: LabSpec
  /** Null where the spec's is a profile of the lab as it is. */
  readonly hardware: HardwareProfile | null
  /** The trace or scenario file that was left out. */
  readonly missing: string | null
}
