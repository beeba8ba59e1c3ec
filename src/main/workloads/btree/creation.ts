/**
 * In which order the nodes were made. Nodes of one kind came one after the other at equal distances, counted in
 * insertions; a node's number is how many, of all kinds, came before it. Leaves' times and those of cuts on the
 * right are what the program does; those of inner nodes while the tree grew at its middle are right on average.
 */
import type { Front } from './fronts'
import type { SideNode, Sides } from './sides'
import type { TreeNode } from './middle'

/** Nodes of one kind: number k of them, below `count`, came with insertion first + k * every. */
interface Series {
  readonly first: number
  readonly every: number
  readonly count: number
}

export class Creation {
  /** All nodes. */
  readonly nodes: number
  /** Nodes beside the middle that were there when the streams met. The middle's are numbered behind them. */
  private readonly sidesWhenMet: number
  private readonly lefts: Series[] = []
  private readonly rights: Series[] = []
  private readonly secondLeaves: Series
  private readonly seconds: Series[] = []
  private readonly all: readonly Series[]

  constructor(
    private readonly sides: Sides,
    fronts: readonly Front[],
    private readonly middleNodes: number
  ) {
    const { half, keys } = sides
    const leaf = 2 * half
    fronts.forEach(({ lefts, rights }, level) => {
      const [left, right] = [sides.keysOf('left', level), sides.keysOf('right', level)]
      this.lefts.push({ first: level === 0 ? half - 1 : left / half, every: left, count: lefts })
      this.rights.push({
        first: right + (level === 0 ? -1 : Math.floor(right / 3)),
        every: right,
        count: rights
      })
      const last = sides.cutTime({ side: 'right', level, index: rights - 1, part: 0 })
      this.seconds.push({ first: last, every: right, count: level === 0 ? Math.max(0, rights - 1) : rights })
    })
    const { lefts } = fronts[0]
    this.secondLeaves = { first: keys - 1 - (lefts - 1) * leaf, every: leaf, count: lefts }
    this.all = fronts.flatMap((_, level) => [
      this.lefts[level],
      this.rights[level],
      ...(level === 0 ? [this.secondLeaves] : []),
      this.seconds[level]
    ])
    this.sidesWhenMet = this.sidesBefore(keys / 2)
    this.nodes = this.before(keys)
  }

  /** Nodes that were made before an insertion. */
  before(time: number): number {
    const sides = this.sidesBefore(time)
    return time > this.sides.keys / 2 ? sides + this.middleNodes : sides
  }

  numberOf(node: TreeNode): number {
    if (node.side === 'middle') return this.sidesWhenMet + node.order
    const own = this.seriesOf(node)
    const place = this.placeOf(node, own)
    const time = own.first + place * own.every
    let sum = 0
    let isBehind = false
    for (const series of this.all) {
      // Of nodes that one insertion made, those of the kinds listed first came first.
      if (series === own) isBehind = true
      sum += series === own ? place : countBefore(series, isBehind ? time : time + 1)
    }
    return sum < this.sidesWhenMet ? sum : sum + this.middleNodes
  }

  private sidesBefore(time: number): number {
    let sum = 0
    for (const series of this.all) sum += countBefore(series, time)
    return sum
  }

  private seriesOf({ side, level, part }: SideNode): Series {
    if (part === 0) return (side === 'left' ? this.lefts : this.rights)[level]
    return side === 'left' ? this.secondLeaves : this.seconds[level]
  }

  /** Second parts were made from the middle outwards, the others from the edges inwards. */
  private placeOf({ side, level, index, part }: SideNode, { count }: Series): number {
    if (part === 0) return index
    return count - 1 - index + (side === 'right' && level === 0 ? 1 : 0)
  }
}

/** Members of a series that came before insertion `time`. */
function countBefore({ first, every, count }: Series, time: number): number {
  return Math.min(count, Math.max(0, Math.ceil((time - first) / every)))
}
