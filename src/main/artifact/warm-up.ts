/**
 * Warm-ups as the simulators published with DMT count them. Nothing but counters is ever cleared.
 *
 * That of walks is ticked as a record starts and again when it has been processed, so N ticks last about N / 2
 * records; only a tick at the end clears, so an odd N, or one that a dropped record ends, clears never. That of
 * the TLBs lasts for N records that reach them; software prefetches do not.
 */
export class WarmUp {
  private ticks: number
  private tlbRecords: number

  constructor(
    records: number,
    private readonly clearWalks: () => void,
    private readonly clearTlbs: () => void
  ) {
    this.ticks = records
    this.tlbRecords = records
  }

  recordStarts(): void {
    if (this.ticks > 0) this.ticks--
  }

  recordEnds(): void {
    if (this.ticks > 0 && --this.ticks === 0) this.clearWalks()
  }

  tlbAsked(): void {
    if (this.tlbRecords > 0 && --this.tlbRecords === 0) this.clearTlbs()
  }
}
