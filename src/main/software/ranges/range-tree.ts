/**
 * The ranges of a range table: a B-tree in frames of its layer (shared/arch/range-node). Each key of an inner node is the
 * first page of its child's ranges, so that the last key that is not above a page leads to the only range that may hold
 * it. Nodes are split when they are full and given back when they are empty.
 */
import type { Frame } from '@shared/address/address'
import {
  FIRST_ENTRY,
  INNER_WORDS,
  LEAF_WORDS,
  MOST_INNER,
  MOST_LEAF,
  frameWord,
  lengthWord,
  pageOf,
  pageWord,
  rangeOf,
  type Range,
  type Word
} from '@shared/arch/range-node'
import type { EntryMemory } from '../space/entry-memory'

export interface NodeFrames {
  /** A frame of zeros that can be written, or -1. */
  take(): number
  giveBack(frame: Frame): void
}

/** Where a search came by: a node, and the entry taken in it. */
interface Place {
  readonly node: Frame
  readonly at: number
}

const stride = (height: number): number => (height === 0 ? LEAF_WORDS : INNER_WORDS)

export class RangeTree {
  /** Frame of the root node; -1 where there is no range. */
  root = -1
  private readonly spare: Frame[] = []
  private readonly inUse = new Set<Frame>()

  constructor(
    private readonly memory: EntryMemory,
    private readonly frames: NodeFrames,
    private readonly most = { leaf: MOST_LEAF, inner: MOST_INNER }
  ) {}

  /** Frames that it holds. */
  nodes(): Frame[] {
    return [...this.inUse, ...this.spare]
  }

  /** The range that holds the page, or null. */
  find(page: number): Range | null {
    const range = this.last(page)
    return range !== null && page < range.end ? range : null
  }

  /** Ranges in order. Looking only. */
  *list(): Generator<Range> {
    if (this.root >= 0) yield* this.below(this.root as Frame)
  }

  /** False when there is no frame for a node that it takes; then nothing has changed. It overlaps no other. */
  insert(range: Range): boolean {
    const path = this.pathTo(range.start)
    if (!this.reserve(this.nodesFor(path))) return false
    if (path.length === 0) {
      this.root = this.newNode(0)
      path.push({ node: this.root as Frame, at: -1 })
    }
    this.insertAt(path, [pageWord(range.start), lengthWord(range), frameWord(range)])
    return true
  }

  /** Another range in the place of the one that begins at `start`, between the same neighbours. */
  replace(start: number, range: Range): void {
    const path = this.pathTo(start)
    const { node, at } = path[path.length - 1]
    this.writeEntry(node, 0, at, [pageWord(range.start), lengthWord(range), frameWord(range)])
    if (at === 0) this.tellAbove(path)
  }

  /** The range that begins at `start` goes. */
  remove(start: number): void {
    const path = this.pathTo(start)
    this.removeAt(path)
    this.lower()
  }

  /** All nodes go back. */
  clear(): void {
    for (const node of this.nodes()) this.frames.giveBack(node)
    this.inUse.clear()
    this.spare.length = 0
    this.root = -1
  }

  private *below(node: Frame): Generator<Range> {
    const { count, height } = this.header(node)
    for (let i = 0; i < count; i++)
      if (height === 0) yield this.rangeAt(node, i)
      else yield* this.below(this.childAt(node, i))
  }

  /** The last range that begins at or before the page. */
  private last(page: number): Range | null {
    let node = this.root
    while (node >= 0) {
      const { count, height } = this.header(node as Frame)
      const at = this.position(node as Frame, height, count, page)
      if (at < 0) return null
      if (height === 0) return this.rangeAt(node as Frame, at)
      node = this.childAt(node as Frame, at)
    }
    return null
  }

  /** From the root to a leaf; where all ranges are behind the page, along the first children. */
  private pathTo(page: number): Place[] {
    const path: Place[] = []
    for (let node = this.root; node >= 0;) {
      const { count, height } = this.header(node as Frame)
      const found = this.position(node as Frame, height, count, page)
      const at = height === 0 ? found : Math.max(0, found)
      path.push({ node: node as Frame, at })
      node = height === 0 ? -1 : this.childAt(node as Frame, at)
    }
    return path
  }

  /** Position of the last entry of a node whose key is not above the page, or -1. */
  private position(node: Frame, height: number, count: number, page: number): number {
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.keyAt(node, height, middle) <= page) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Nodes that an insertion at the end of the path needs: one for each full node from the leaf up, and a root. */
  private nodesFor(path: readonly Place[]): number {
    let full = 0
    for (let i = path.length - 1; i >= 0 && this.isFull(path[i].node); i--) full++
    return full === path.length ? full + 1 : full
  }

  private isFull(node: Frame): boolean {
    const { count, height } = this.header(node)
    return count === this.room(height)
  }

  private room(height: number): number {
    return height === 0 ? this.most.leaf : this.most.inner
  }

  /** Frames are found before anything changes: to find one may take time, and fail. */
  private reserve(nodes: number): boolean {
    while (this.spare.length < nodes) {
      const frame = this.frames.take()
      if (frame < 0) return false
      this.spare.push(frame as Frame)
    }
    return true
  }

  private newNode(height: number): Frame {
    const node = this.spare.pop() as Frame
    this.inUse.add(node)
    this.memory.write(node, 0, 0, height)
    return node
  }

  /** Puts the entry behind the one that the path ends at. */
  private insertAt(path: readonly Place[], words: readonly Word[]): void {
    const { node, at } = path[path.length - 1]
    const { count, height } = this.header(node)
    if (count < this.room(height)) {
      this.put(node, at + 1, words)
      if (at < 0) this.tellAbove(path)
    } else this.split(path, words)
  }

  /** The upper half goes to a node of its own, which the node above takes in. */
  private split(path: readonly Place[], words: readonly Word[]): void {
    const { node, at } = path[path.length - 1]
    const { count, height } = this.header(node)
    const width = stride(height)
    const half = count >>> 1
    const upper = this.newNode(height)
    for (let w = 0; w < (count - half) * width; w++) this.copyWord(node, half * width + w, upper, w)
    this.memory.write(upper, 0, count - half, height)
    this.memory.write(node, 0, half, height)
    if (at < half) this.put(node, at + 1, words)
    else this.put(upper, at + 1 - half, words)
    if (at < 0) this.tellAbove(path)
    const above = path.length > 1 ? path.slice(0, -1) : [this.newRoot(node, height + 1)]
    this.insertAt(above, [pageWord(this.keyAt(upper, height, 0)), [upper, 0]])
  }

  /** There is room. */
  private put(node: Frame, at: number, words: readonly Word[]): void {
    const { count, height } = this.header(node)
    this.move(node, stride(height), at, count, 1)
    this.memory.write(node, 0, count + 1, height)
    this.writeEntry(node, height, at, words)
  }

  private newRoot(child: Frame, height: number): Place {
    const node = this.newNode(height)
    this.memory.write(node, 0, 1, height)
    this.writeEntry(node, height, 0, [pageWord(this.keyAt(child, height - 1, 0)), [child, 0]])
    this.root = node
    return { node, at: 0 }
  }

  private removeAt(path: readonly Place[]): void {
    const { node, at } = path[path.length - 1]
    const { count, height } = this.header(node)
    if (count > 1) {
      this.move(node, stride(height), at + 1, count, -1)
      this.memory.write(node, 0, count - 1, height)
      if (at === 0) this.tellAbove(path)
      return
    }
    this.inUse.delete(node)
    this.frames.giveBack(node)
    if (path.length > 1) this.removeAt(path.slice(0, -1))
    else this.root = -1
  }

  /** A root with one child is of no use. */
  private lower(): void {
    while (this.root >= 0) {
      const root = this.root as Frame
      const { count, height } = this.header(root)
      if (height === 0 || count > 1) return
      this.root = this.childAt(root, 0)
      this.inUse.delete(root)
      this.frames.giveBack(root)
    }
  }

  /** The first key of the last node of the path has changed: so has that of the entry which names it, and so on up. */
  private tellAbove(path: readonly Place[]): void {
    for (let i = path.length - 1; i > 0; i--) {
      const { node } = path[i]
      const key = this.keyAt(node, this.header(node).height, 0)
      const above = path[i - 1]
      const [low, high] = pageWord(key)
      this.memory.write(above.node, FIRST_ENTRY + above.at * INNER_WORDS, low, high)
      if (above.at > 0) return
    }
  }

  /** Moves the entries [from, count) of a node by one place. */
  private move(node: Frame, width: number, from: number, count: number, by: 1 | -1): void {
    const words = (count - from) * width
    for (let i = 0; i < words; i++) {
      const w = from * width + (by > 0 ? words - 1 - i : i)
      this.copyWord(node, w, node, w + by * width)
    }
  }

  private copyWord(from: Frame, w: number, to: Frame, v: number): void {
    const { memory } = this
    memory.write(to, FIRST_ENTRY + v, memory.low(from, FIRST_ENTRY + w), memory.high(from, FIRST_ENTRY + w))
  }

  private writeEntry(node: Frame, height: number, at: number, words: readonly Word[]): void {
    const first = FIRST_ENTRY + at * stride(height)
    words.forEach(([low, high], i) => this.memory.write(node, first + i, low, high))
  }

  private header(node: Frame): { count: number; height: number } {
    return { count: this.memory.low(node, 0), height: this.memory.high(node, 0) }
  }

  private keyAt(node: Frame, height: number, at: number): number {
    return pageOf(...this.word(node, at * stride(height)))
  }

  private childAt(node: Frame, at: number): Frame {
    return this.memory.low(node, FIRST_ENTRY + at * INNER_WORDS + 1) as Frame
  }

  private rangeAt(node: Frame, at: number): Range {
    const first = at * LEAF_WORDS
    return rangeOf(this.word(node, first), this.word(node, first + 1), this.word(node, first + 2))
  }

  private word(node: Frame, w: number): Word {
    return [this.memory.low(node, FIRST_ENTRY + w), this.memory.high(node, FIRST_ENTRY + w)]
  }
}
