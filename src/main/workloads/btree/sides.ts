/**
 * The nodes on either side of the middle, which are all alike.
 *
 * While keys come from both ends, each leaf is left with `half` keys, every other one of those it stands for. Then
 * the two streams go on through each other's leaves: each leaf fills and is cut into two of `half` keys. On the left
 * the nodes above take that in: those over leaves have room for just as many again, and nothing reaches the rest. On
 * the right every node of `half + 1` children is cut when it has 2 * half + 1: its first half / 2 children, cut in
 * two themselves, go into one node, and the others into another.
 */

/** A node beside the middle, or half of it. */
export interface SideNode {
  readonly side: 'left' | 'right'
  /** 0 for leaves. */
  readonly level: number
  /** Counted from the edge of the tree. */
  readonly index: number
  /** Which half of what it was before the streams crossed; 0 where it was not cut. */
  readonly part: 0 | 1
}

export class Sides {
  /** Keys that a node of each level stands for, on the left and on the right. */
  private readonly leftKeys: number[] = []
  private readonly rightKeys: number[] = []

  constructor(
    readonly keys: number,
    readonly half: number,
    levels: number
  ) {
    for (let level = 0; level <= levels; level++) {
      this.leftKeys.push(2 * half * half ** level)
      this.rightKeys.push(2 * half * (half + 1) ** level)
    }
  }

  /** The lowest key below a node. */
  firstKey({ side, level, index, part }: SideNode): number {
    if (side === 'left') return index * this.leftKeys[level] + (part ? this.half : 0)
    const first = this.keys + 1 - (index + 1) * this.rightKeys[level]
    if (part === 0) return first
    return first + (level === 0 ? this.half : (this.half / 2) * this.rightKeys[level - 1])
  }

  keysOf(side: SideNode['side'], level: number): number {
    return (side === 'left' ? this.leftKeys : this.rightKeys)[level]
  }

  /** The last leaf on the right lacks a key, and was never full. */
  isCut(node: SideNode): boolean {
    if (node.side === 'left') return node.level === 0
    return node.level > 0 || node.index > 0
  }

  /** When a node is cut: the insertion that does it, counted from 0. */
  cutTime({ side, level, index }: SideNode): number {
    if (side === 'left') return this.keys - 1 - index * this.leftKeys[0]
    let last = index
    for (let l = level; l > 0; l--) last = last * (this.half + 1) + 1
    return this.keys - last * this.rightKeys[0]
  }

  childrenOf(node: SideNode): number {
    const { half } = this
    if (node.side === 'left') return node.level === 1 ? 2 * half : half
    if (node.part === 0) return half
    return half + 2 - (node.level === 1 && node.index === 0 ? 1 : 0)
  }

  /** Which child of an inner node a key lies below. */
  childFor(node: SideNode, key: number): number {
    const { half } = this
    const from = key - this.firstKey(node)
    if (node.side === 'left')
      return Math.floor(from / (node.level === 1 ? half : this.leftKeys[node.level - 1]))
    const span = this.rightKeys[node.level - 1]
    const whole = Math.floor(from / span)
    const child = this.wholeChild(node, whole)
    const second = this.firstKey({ ...child, part: 1 })
    return 2 * whole + (this.isCut(child) && key >= second ? 1 : 0)
  }

  child(node: SideNode, position: number): SideNode {
    const level = node.level - 1
    if (node.side === 'right') {
      return { ...this.wholeChild(node, position >> 1), part: (position & 1) as 0 | 1 }
    }
    if (level > 0) return { side: 'left', level, index: node.index * this.half + position, part: 0 }
    return {
      side: 'left',
      level,
      index: node.index * this.half + (position >> 1),
      part: (position & 1) as 0 | 1
    }
  }

  /** A child of a right node as it was before it was cut. */
  private wholeChild({ level, index, part }: SideNode, position: number): SideNode {
    const { half } = this
    const fromLeft = position + (part ? half / 2 : 0)
    return { side: 'right', level: level - 1, index: index * (half + 1) + half - fromLeft, part: 0 }
  }
}
