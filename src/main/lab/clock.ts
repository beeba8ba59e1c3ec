/**
 * Work that is due at fixed accesses, so that it happens at the same ones however a run is cut into slices. What a task
 * remembers stands in its fields, as everything that going back has to restore.
 */
export interface Task {
  /** Accesses from one time to the next, at least 1. */
  readonly every: number
  run(): void
}

export class Clock {
  private readonly due: number[]

  constructor(private readonly tasks: readonly Task[]) {
    this.due = tasks.map(({ every }) => every)
  }

  /** Accesses after which something is due next; Infinity when nothing ever is. */
  get next(): number {
    return Math.min(...this.due)
  }

  /** So many accesses are done: runs what is due now, in the order given. */
  reach(accesses: number): void {
    this.tasks.forEach((task, i) => {
      if (this.due[i] > accesses) return
      this.due[i] = accesses + task.every
      task.run()
    })
  }
}
