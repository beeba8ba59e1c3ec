/**
 * The B+ tree of btree.c when all keys are in, which come as 0, keys - 1, 2, keys - 3, ...: where each key's leaf is
 * and which nodes are above it, computed and not stored.
 */
import { Creation } from './creation'
import { frontsAt } from './fronts'
import { MiddleOfTree, type TreeNode } from './middle'
import { Sides } from './sides'

/** A node on the way to a key. */
export interface Step {
  readonly node: TreeNode
  /** In the order of their making. */
  readonly number: number
  /** Children, or keys of a leaf. */
  readonly entries: number
  /** The child that leads on, or the key's place in its leaf. */
  readonly position: number
}

export class GrownTree {
  readonly creation: Creation
  private readonly sides: Sides
  private readonly middle: MiddleOfTree

  /**
   * @param keys a multiple of 4
   * @param order most children of a node, a multiple of 4; nodes are cut when they would have more, leaves when they
   * would have as many keys
   */
  constructor(keys: number, order: number) {
    const half = order / 2
    const met = keys / 2
    const fronts = frontsAt(met, half)
    this.sides = new Sides(keys, half, fronts.length)
    this.middle = new MiddleOfTree(this.sides, fronts, met)
    this.creation = new Creation(this.sides, fronts, this.middle.nodes.length)
  }

  /** Calls `visit` with each node from the root to the leaf of a key. */
  descend(key: number, visit: (step: Step) => void): void {
    let node: TreeNode = this.middle.root
    while (node.level > 0) {
      const { entries, position, child } = this.choose(node, key)
      visit({ node, number: this.creation.numberOf(node), entries, position })
      node = child
    }
    visit({ node, number: this.creation.numberOf(node), ...this.inLeaf(node, key) })
  }

  private choose(node: TreeNode, key: number): { entries: number; position: number; child: TreeNode } {
    if (node.side === 'middle') {
      let position = 0
      while (position < node.keys.length && key >= node.keys[position]) position++
      return { entries: node.children.length, position, child: node.children[position] }
    }
    const position = this.sides.childFor(node, key)
    return { entries: this.sides.childrenOf(node), position, child: this.sides.child(node, position) }
  }

  private inLeaf(leaf: TreeNode, key: number): { entries: number; position: number } {
    if (leaf.side === 'middle') return { entries: leaf.keys.length, position: leaf.keys.indexOf(key) }
    const isLast = leaf.side === 'right' && leaf.index === 0
    return {
      entries: isLast ? 2 * this.sides.half - 1 : this.sides.half,
      position: key - this.sides.firstKey(leaf)
    }
  }
}
