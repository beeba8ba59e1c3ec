/** What the frame allocator asks of whoever knows what frames hold, to empty some of them. */
export interface FrameMover {
  /** The frame is in use, and what it holds could lie elsewhere. */
  isMovable(frame: number): boolean
  /**
   * Moves what the frame, or the huge page it belongs to, holds to frames of the mover's choice, which it asks of
   * the allocator, and frees the old ones. False, and nothing has changed, when it cannot.
   */
  move(frame: number): boolean
  /**
   * Moves a single page to a frame that the caller has taken, and frees the old one. False, and nothing has
   * changed, when it cannot: a huge page does not fit into a frame.
   */
  moveTo(frame: number, to: number): boolean
}
