/** Which PCIDs are in use. One is given out again only when its owner says that nothing is tagged with it any more. */
import { PCID_COUNT } from '@shared/arch/context'

export class Pcids {
  private readonly returned: number[] = []
  private next = 0

  /** @throws when there are more processes than identifiers */
  take(): number {
    const again = this.returned.pop()
    if (again !== undefined) return again
    if (this.next === PCID_COUNT) throw new Error(`more than ${PCID_COUNT} processes at once`)
    return this.next++
  }

  giveBack(pcid: number): void {
    this.returned.push(pcid)
  }
}
