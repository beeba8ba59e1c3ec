/** What a failed call means to the window. */
import type { FailureKind } from '@shared/contract/failure'

/** `connection`: the lab was not reached, so nothing is known about the call. */
export type LabErrorKind = FailureKind | 'connection'

/** Its message is one clear line for the person in front of the window. */
export class LabError extends Error {
  override readonly name = 'LabError'
  constructor(
    readonly kind: LabErrorKind,
    message: string
  ) {
    super(message)
  }
}
