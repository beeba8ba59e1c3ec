/** Graph500's five arrays, each aligned to 8 GiB in a mapping of its own, and the thread that works on them. */
import { UserError } from '@shared/model/user-error'
import { sizeText } from '@shared/model/quantity'
import { AddressPlan, type Block } from '../program/address-plan'
import { Tape } from '../program/tape'
import { Thread } from '../program/thread'
import { Kronecker } from './kronecker'
import { Slices } from './slices'

/** An edge is two 32-bit numbers; everything else is a word of 64 bits. */
export const WORD_BYTES = 8
/** Begin and end of a vertex's slice. */
export const OFFSET_WORDS = 2
const ALIGNMENT = 8 * 2 ** 30

const LEAST_SCALE = 4
/** Vertices of a larger graph, one bit each, would take more than 128 MiB. */
const MOST_SCALE = 30

/** Bytes that a vertex takes: its edges once in the list and twice in slices, two offsets, tree and queue. */
const bytesPerVertex = (edgeFactor: number): number =>
  WORD_BYTES * (edgeFactor + 2 * edgeFactor + OFFSET_WORDS + 2)

export const bytesFor = (scale: number, edgeFactor: number): number => 2 ** scale * bytesPerVertex(edgeFactor)

/** The largest graph whose arrays, two slots of slices for each edge, are within the footprint. */
export function scaleFor(footprint: number, edgeFactor: number): number {
  const scale = Math.floor(Math.log2(footprint / bytesPerVertex(edgeFactor)))
  if (!(scale >= LEAST_SCALE)) {
    const least = bytesFor(LEAST_SCALE, edgeFactor)
    throw new UserError('the footprint is too small', sizeText(footprint), `give at least ${least} bytes`)
  }
  if (footprint > 2 ** 42) throw new UserError('the footprint is too large', sizeText(footprint), 'give less')
  return Math.min(scale, MOST_SCALE)
}

export class Arrays {
  readonly tape = new Tape()
  readonly plan = new AddressPlan()
  readonly graph: Kronecker
  readonly slices: Slices
  readonly edges: Block
  readonly offsets: Block
  readonly adjacency: Block
  readonly tree: Block
  readonly queue: Block
  /** Every phase as it is compiled and inlined: 20 KiB (assumed). */
  readonly thread = new Thread(this.tape, this.plan.text, this.plan.text.routine(5000))

  constructor(
    scale: number,
    edgeFactor: number,
    readonly seed: number
  ) {
    const vertices = 2 ** scale
    this.graph = new Kronecker(scale, edgeFactor * vertices, seed)
    this.slices = new Slices(this.graph, seed)
    this.edges = this.map('edges', this.graph.edges)
    this.offsets = this.map('offsets', OFFSET_WORDS * (vertices + 1))
    this.adjacency = this.map('adjacency', this.slices.slots)
    this.tree = this.map('tree', vertices)
    this.queue = this.map('queue', vertices)
  }

  private map(name: string, words: number): Block {
    return this.plan.mapAligned(name, words * WORD_BYTES, ALIGNMENT)
  }
}
