/**
 * The middle of the tree, the few nodes whose make-up the formulas of its sides do not give: the leaf where the two
 * streams of keys meet, and what is above it up to the root. They are grown as the program grows them, from when the
 * streams meet to the end.
 */
import type { Front } from './fronts'
import type { SideNode, Sides } from './sides'

/** A leaf of the middle has its keys; an inner node has children and the lowest key below each but the first. */
export interface MiddleNode {
  readonly side: 'middle'
  readonly level: number
  readonly order: number
  readonly keys: number[]
  readonly children: TreeNode[]
}

export type TreeNode = MiddleNode | SideNode

/** What an insertion does to the middle. */
interface Event {
  readonly time: number
  readonly level: number
  happen(): void
}

/** The middle when all keys are in. `met` is how many were when the streams met. */
export class MiddleOfTree {
  root: MiddleNode
  /** All of it, in the order of their making. */
  readonly nodes: MiddleNode[] = []

  constructor(
    private readonly sides: Sides,
    private readonly fronts: readonly Front[],
    private readonly met: number
  ) {
    this.root = this.whenMet()
    const events = [...this.keyEvents(), ...this.cutEvents()]
    events.sort((a, b) => a.time - b.time || a.level - b.level)
    for (const event of events) event.happen()
  }

  private make(level: number, keys: number[], children: TreeNode[]): MiddleNode {
    const node: MiddleNode = { side: 'middle', level, order: this.nodes.length, keys, children }
    this.nodes.push(node)
    return node
  }

  private whenMet(): MiddleNode {
    const { fronts, sides } = this
    let node = this.make(
      0,
      this.meetingKeys().filter((key) => timeOf(key, sides.keys) < this.met),
      []
    )
    for (let level = 1; level <= fronts.length; level++) {
      const { lefts, rights } = fronts[level - 1]
      const above = fronts[level] ?? { lefts: 0, rights: 0 }
      const children: TreeNode[] = []
      for (let index = above.lefts * sides.half; index < lefts; index++) {
        children.push({ side: 'left', level: level - 1, index, part: 0 })
      }
      children.push(node)
      for (let index = rights - 1; index >= above.rights * (sides.half + 1); index--) {
        children.push({ side: 'right', level: level - 1, index, part: 0 })
      }
      if (children.length === 1) continue
      const keys = children.slice(1).map((child) => this.firstKeyOf(child))
      node = this.make(level, keys, children)
    }
    return node
  }

  /** The lowest key below a node: the middle of a level begins where its left nodes end. */
  private firstKeyOf(node: TreeNode): number {
    if (node.side !== 'middle') return this.sides.firstKey(node)
    return this.fronts[node.level].lefts * this.sides.keysOf('left', node.level)
  }

  /** Keys of the leaf where the streams meet, ascending. */
  private meetingKeys(): number[] {
    const { keys } = this.sides
    const end = Math.min(keys, keys + 1 - this.fronts[0].rights * this.sides.keysOf('right', 0))
    const first = this.fronts[0].lefts * this.sides.keysOf('left', 0)
    return Array.from({ length: end - first }, (_, i) => first + i)
  }

  private keyEvents(): Event[] {
    return this.meetingKeys()
      .map((key) => ({ time: timeOf(key, this.sides.keys), level: 0, happen: () => this.insertKey(key) }))
      .filter(({ time }) => time >= this.met)
  }

  private insertKey(key: number): void {
    const path = this.pathTo(key)
    const leaf = path[path.length - 1]
    leaf.keys.push(key)
    leaf.keys.sort((a, b) => a - b)
    if (leaf.keys.length < 2 * this.sides.half) return
    const right = this.make(0, leaf.keys.splice(this.sides.half), [])
    this.insertChild(path.slice(0, -1), right.keys[0], right)
  }

  /** Nodes of the sides that have their parent in the middle are cut: their second halves find a place there. */
  private cutEvents(): Event[] {
    const { sides } = this
    return this.nodes
      .flatMap(({ children }) => children)
      .filter((node) => node.side !== 'middle')
      .filter((node) => sides.isCut(node))
      .map((node) => ({ time: sides.cutTime(node), level: node.level, happen: () => this.cutSide(node) }))
  }

  private cutSide(node: SideNode): void {
    const second: SideNode = { ...node, part: 1 }
    const key = this.sides.firstKey(second)
    this.insertChild(this.pathTo(key), key, second)
  }

  /** Nodes of the middle from the root down to the last one on the way to a key. */
  private pathTo(key: number): MiddleNode[] {
    const path: MiddleNode[] = []
    let node: TreeNode | undefined = this.root
    while (node?.side === 'middle') {
      path.push(node)
      node = node.children[node.keys.filter((k) => key >= k).length]
    }
    return path
  }

  private insertChild(path: MiddleNode[], key: number, child: TreeNode): void {
    const { half } = this.sides
    const parent = path[path.length - 1]
    if (path.length === 0) {
      this.root = this.make(this.root.level + 1, [key], [this.root, child])
      return
    }
    const position = parent.keys.filter((k) => key >= k).length
    parent.keys.splice(position, 0, key)
    parent.children.splice(position + 1, 0, child)
    if (parent.children.length <= 2 * half) return
    const [middleKey, ...keys] = parent.keys.splice(half - 1)
    const right = this.make(parent.level, keys, parent.children.splice(half))
    this.insertChild(path.slice(0, -1), middleKey, right)
  }
}

/** Which insertion brings a key: even ones come ascending, odd ones descending, in turn. */
export const timeOf = (key: number, keys: number): number => (key % 2 === 0 ? key : keys - key)
