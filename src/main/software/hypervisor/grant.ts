/** Machine-contiguous frames that L0 granted to a guest, as the guest sees them. */
import type { Page } from '@shared/address/address'

export interface Grant {
  /** Index in L0's gTEA table; what the guest writes into its registers. */
  readonly id: number
  /** First page of the window in the guest's physical space. */
  readonly window: Page
  readonly frames: number
  /** The same window as the layer below names it, one grant for each layer down to L0. */
  readonly below: Grant | null
}
