/** Machine-contiguous frames that L0 granted to a guest, as the guest sees them: nothing here names the machine. */
import type { Page } from '@shared/address/address'
import { counted } from '@shared/format/counted'

export interface Grant {
  /** ID in L0's gTEA table; what the guest writes into its registers. L0 changes it when it makes the grant anew. */
  readonly id: number
  /** First page of the window in the guest's physical space. */
  readonly window: Page
  readonly frames: number
  /** The same window as the layer below names it, one grant for each layer down to L0. */
  readonly below: Grant | null
}

/** The same in the hands of the hypervisors. */
export interface HeldGrant extends Grant {
  id: number
  /** VM that may name the ID: the number of its layer. */
  readonly owner: number
  readonly below: HeldGrant | null
}

/** The grant as L1 sees it, whose window L0 maps to the machine frames. */
export const lowest = (grant: HeldGrant): HeldGrant => (grant.below === null ? grant : lowest(grant.below))

/** The grant and those below it. */
export const chain = (grant: HeldGrant): HeldGrant[] =>
  grant.below === null ? [grant] : [grant, ...chain(grant.below)]

/** How many frames a grant has, or is asked for with, in words. */
export const contiguousFrames = (frames: number): string => counted(frames, 'machine-contiguous frame')
