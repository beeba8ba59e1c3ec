/** Work that must not overlap takes turns, first come first served: slices of the run, switches, looking. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve()

  /** Runs the work when all before it has ended, however that ended. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work)
    this.last = turn.catch(() => undefined)
    return turn
  }
}
