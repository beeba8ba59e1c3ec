/**
 * The tree while keys come from both ends. A node of its middle that overflows is cut in two: where most of it lies
 * to the left of the place that keys go to, the part that no key will reach is a left node of `half` children, and
 * otherwise a right node of `half + 1`. Either is an insertion into the middle one level higher.
 */

/** Nodes of a level on either side of the middle. */
export interface Front {
  readonly lefts: number
  readonly rights: number
}

/** Nodes beside the middle when `inserted` keys are in, level by level from the leaves up to the root's children. */
export function frontsAt(inserted: number, half: number): Front[] {
  const leaves: Front = {
    lefts: Math.max(0, Math.floor((inserted - half) / (2 * half))),
    rights: Math.floor(inserted / (2 * half))
  }
  const lowest = new Middle(half)
  for (let i = 0; i < leaves.rights; i++) {
    lowest.addRight()
    if (i < leaves.lefts) lowest.addLeft()
  }
  const fronts = [leaves]
  for (let level: Middle | null = lowest; level?.above; level = level.above) fronts.push(level.cut)
  return fronts
}

/** The one node of a level that keys still reach: children to the left of its middle one, and to the right. */
class Middle {
  above: Middle | null = null
  readonly cut = { lefts: 0, rights: 0 }
  private left = 0
  private right = 0

  constructor(private readonly half: number) {}

  addLeft(): void {
    this.left++
    if (this.left + this.right === 2 * this.half) this.overflow()
  }

  addRight(): void {
    this.right++
    if (this.left + this.right === 2 * this.half) this.overflow()
  }

  private overflow(): void {
    this.above ??= new Middle(this.half)
    if (this.left >= this.half) {
      this.left -= this.half
      this.cut.lefts++
      this.above.addLeft()
    } else {
      this.right -= this.half + 1
      this.cut.rights++
      this.above.addRight()
    }
  }
}
