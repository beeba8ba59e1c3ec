/**
 * One layer of translation in hardware. Stages are stacked: the stage of layer k turns an address of its
 * input space into a machine frame, asking the stage below wherever it holds an address of its own space.
 * So a walk of any depth is the same code, not one walker for each depth.
 */

/** An entry was missing or forbade the access; the walk says which layer must act. */
export const FAULT = -1
/** A stage that may only try (no fallback of its own) found nothing. */
export const MISS = -2

export interface Stage {
  /** The layer whose tables it reads first. */
  readonly layer: number
  /**
   * Translates the page (high, low) for an access kind. Returns the machine frame of the 4 KiB page, FAULT or
   * MISS; permissions, leaf size and cost are left in the walk that the stages share.
   */
  translate(high: number, low: number, access: number): number
}
