/** The frames of one flattened table: nodes of 2 MiB, and 4 KiB tables where a node is not to be had or not wanted. */
import type { Frame } from '@shared/address/address'
import { NODE_FRAMES } from '@shared/arch/folding'
import { UNMOVABLE } from '../frames/migrate-type'
import type { Layer } from '../layer'
import type { OwnFrames } from '../space/table-support'

export class NodeFrames {
  /** First frames. */
  private readonly nodes = new Set<number>()
  private readonly tables = new Set<number>()
  /** Those that nothing names any more, and that hardware may still remember. */
  private readonly retired: number[] = []

  constructor(private readonly layer: Layer) {}

  isNode(frame: number): boolean {
    return this.nodes.has(frame)
  }

  /** The first frame of a new node, all zero, or -1. To find room the layer may move its pages. */
  allocateNode(): number {
    const { ledger, costs, entries } = this.layer
    const base = this.layer.allocateHugeFrame(UNMOVABLE)
    if (base < 0) return -1
    this.nodes.add(base)
    // Zeroed as a whole, so that the layers below back all of it.
    for (let f = base; f < base + NODE_FRAMES; f++) entries.clear(f as Frame)
    ledger.count('nodesFolded')
    ledger.charge(NODE_FRAMES * costs.zeroPage)
    return base
  }

  /** @throws OutOfMemory */
  allocateTable(): Frame {
    const f = this.layer.allocateFrame()
    this.tables.add(f)
    return f
  }

  /** The frames of a node are tables of their own from now on. */
  divide(node: number): void {
    this.nodes.delete(node)
    for (let f = node; f < node + NODE_FRAMES; f++) this.tables.add(f)
  }

  /** Nothing names the node or table any more. */
  retire(frame: number): void {
    this.retired.push(frame)
  }

  /** Hardware remembers nothing of what was retired. */
  freeRetired(): void {
    for (const f of this.retired.splice(0)) this.free(f)
  }

  freeAll(): void {
    this.retired.length = 0
    for (const f of [...this.nodes, ...this.tables]) this.free(f)
  }

  /** Looking only. */
  list(): OwnFrames[] {
    const nodes = [...this.nodes].map((base) => ({ base, count: NODE_FRAMES, what: 'a node' }))
    return nodes.concat(
      [...this.tables].map((base) => ({ base, count: 1, what: 'a table of a flattened table' }))
    )
  }

  /** Nodes and tables that are still named by something. */
  get named(): number {
    return this.nodes.size + this.tables.size - this.retired.length
  }

  private free(f: number): void {
    const count = this.nodes.has(f) ? NODE_FRAMES : 1
    this.nodes.delete(f)
    this.tables.delete(f)
    this.layer.releaseArea(f as Frame, count)
  }
}
