/** What every part of a session works on. */
import type { LabSpec } from '@shared/model/spec'
import type { LaneSet } from '../lane-set'
import type { LockStep } from '../lock-step'
import type { Turns } from '../turns'
import type { SessionStatus } from './status'

export interface SessionCore {
  readonly spec: LabSpec
  readonly lanes: LaneSet
  readonly lockStep: LockStep
  readonly turns: Turns
  readonly status: SessionStatus
}
