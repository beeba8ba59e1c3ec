/** What a check of the emulated machine found: one line for each broken law, the first few in words. */
const MOST_TOLD = 20

export class Violations {
  count = 0
  readonly told: string[] = []

  /** @param where layer or structure @param what the law in the breach, with its numbers */
  add(where: string, what: string): void {
    this.count++
    if (this.told.length < MOST_TOLD) this.told.push(`${where}: ${what}`)
  }

  /** Notes the line when the law does not hold. */
  unless(holds: boolean, where: string, what: () => string): void {
    if (!holds) this.add(where, what())
  }
}
