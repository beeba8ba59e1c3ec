/**
 * From a page of a lower layer up to the guest's pages that a shadow table combined it for. The layers note for each
 * frame the page it serves, which is nearly always the answer; only what that does not tell is kept here.
 */
const LOW_32 = 2 ** 32

export class ReverseMap {
  /** For each table of the chain but the last: frames that also serve other pages than the noted one. */
  private readonly others: readonly Map<number, Set<number>>[]
  /** Upper parts of the guest's pages: owners are noted by their low 32 bits. */
  private readonly uppers: readonly Set<number>[]

  /** @param owners by table of the chain, the guest's first: page that a frame serves, plus 1 */
  constructor(private readonly owners: readonly Int32Array[]) {
    this.others = owners.map(() => new Map<number, Set<number>>())
    this.uppers = owners.map(() => new Set<number>())
  }

  /** The table at this position of the chain maps the page to the frame. */
  note(position: number, page: number, frame: number): void {
    this.uppers[position].add(Math.floor(page / LOW_32))
    if (this.owners[position][frame] === ((page + 1) | 0)) return
    const pages = this.others[position].get(frame) ?? new Set()
    this.others[position].set(frame, pages.add(page))
  }

  /** Pages of the guest that may have been combined from a page that the table at `position` translates. */
  pagesAbove(position: number, page: number): number[] {
    if (position === 0) return [page]
    return this.pagesOn(position - 1, page).flatMap((p) => this.pagesAbove(position - 1, p))
  }

  private pagesOn(position: number, frame: number): number[] {
    const others = [...(this.others[position].get(frame) ?? [])]
    // Frames beyond the layer's own memory, those of windows, have no owner noted.
    const owner = this.owners[position][frame] ?? 0
    if (owner === 0) return others
    const low = (owner - 1) >>> 0
    return [...Array.from(this.uppers[position], (upper) => upper * LOW_32 + low), ...others]
  }
}
