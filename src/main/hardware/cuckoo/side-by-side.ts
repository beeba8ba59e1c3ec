/** Reads that a walker issues together: each counts, and the longest chain of them is what the walk waits for. */
import type { Walk } from '../walker/walk'

export class SideBySide {
  private cycles = 0
  private critical = 0
  private longest = 0
  private deepest = 0

  constructor(private readonly walk: Walk) {}

  begin(): void {
    const { walk } = this
    this.cycles = this.longest = walk.cycles
    this.critical = this.deepest = walk.criticalReferences
  }

  /** A chain has ended; the next one begins where all began. */
  next(): void {
    const { walk } = this
    if (walk.cycles > this.longest) this.longest = walk.cycles
    if (walk.criticalReferences > this.deepest) this.deepest = walk.criticalReferences
    walk.cycles = this.cycles
    walk.criticalReferences = this.critical
  }

  /** The walk goes on when all have ended, or, where it does not wait for them, at once. */
  end(waits: boolean): void {
    const { walk } = this
    walk.cycles = waits ? this.longest : this.cycles
    walk.criticalReferences = waits ? this.deepest : this.critical
  }
}
