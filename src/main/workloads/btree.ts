/**
 * BTree: lookups in a B+ tree in memory, as the DMT artifact runs it (workloads/btree/btree.c). Keys are whole
 * numbers and come from both ends in turn; each has a record, which names an element:
 *
 *   node = root
 *   until node is a leaf:  i = keys of node at or below the key, one after the other;  node = node.pointers[i]
 *   i = the key's place in the leaf, one after the other;  sum += leaf.pointers[i].value.payload
 *
 * Each number of lrand48 leads to two lookups: of itself, and of the next one times four.
 */
import { Lrand48 } from './btree/lrand48'
import { ELEMENT_BYTES, TreeMemory, arrayBytes } from './btree/memory'
import { HEADER_BYTES, RECORD_BYTES } from './btree/slabs'
import { GrownTree, type Step } from './btree/tree'
import { checkFootprint } from './process-layout'
import { AddressPlan, type Block } from './program/address-plan'
import { ProgramSource } from './program/program-source'
import { Tape } from './program/tape'
import { Thread } from './program/thread'
import type { AccessSource, Workload } from './workload'

const PAPER_KEYS = 1_500_000_000
const PAPER_ORDER = 16
/** Keys come in pairs from both ends, and the ends meet after half of them. */
const KEYS_UNIT = 4
const LEAST_KEYS_PER_CHILD = 8
/** The program's own seed; that of a spec is added to it, counted from 1. */
const PROGRAM_SEED = 0xcafebabe

/** Nodes for each key: leaves of order / 2 keys, and what the two sides have above them (btree/sides.ts). */
function nodesPerKey(order: number): number {
  const half = order / 2
  return 1 / half + 1 / (4 * half * (half - 1)) + 1 / (2 * half * half)
}

const bytesPerKey = (order: number): number =>
  ELEMENT_BYTES + RECORD_BYTES + nodesPerKey(order) * (HEADER_BYTES + arrayBytes(order))

export const btree: Workload = {
  info: {
    id: 'btree',
    title: 'BTree',
    summary: 'Lookups in a B+ tree of 1.5 billion keys, from the root through nine levels to an element',
    story: [
      'A B+ tree in memory, as databases have them for an index: from the root down each node’s keys are compared one after the other, and the pointer found leads to the next node. The tree was built from both ends, and every node lies where the allocator put it when its level was cut.',
      'A node is three blocks: a header in a pool, an array of keys and an array of pointers. The upper levels stay in the caches; each level below costs two pages, and the record and the element one each. Pools grow in slabs of 256 KiB, each in 2.25 MiB of addresses of its own: most of that area is empty.'
    ],
    presets: { paper: Math.ceil(PAPER_KEYS * bytesPerKey(PAPER_ORDER)), laptop: 4 * 2 ** 30 },
    knobs: [
      {
        path: 'btree.order',
        title: 'Order',
        help: 'Most children of a node; a multiple of 4'
      }
    ]
  },
  open: ({ footprint, seed, btree: { order } }) => new Lookups(keysIn(footprint, order), order, seed).source()
}

/** @throws UserError */
function keysIn(footprint: number, order: number): number {
  checkFootprint(footprint, Math.ceil(LEAST_KEYS_PER_CHILD * order * bytesPerKey(order)), 'a tree')
  return Math.floor(footprint / bytesPerKey(order) / KEYS_UNIT) * KEYS_UNIT
}

/** Fields of a node's header. */
const POINTERS = 0
const KEYS = 8
const IS_LEAF = 24
const KEY_COUNT = 32
const WORD = 8

class Lookups {
  private readonly tape = new Tape()
  private readonly plan = new AddressPlan()
  private readonly text = this.plan.text
  private readonly draw = this.text.routine(64)
  private readonly enterNode = this.text.routine(8)
  private readonly compare = this.text.routine(4)
  private readonly leaveNode = this.text.routine(8)
  private readonly begin = this.text.routine(16)
  private readonly finish = this.text.routine(16)
  private readonly thread = new Thread(this.tape, this.text, this.draw)
  private readonly tree: GrownTree
  private readonly memory: TreeMemory
  private readonly random: Lrand48

  constructor(
    private readonly keys: number,
    order: number,
    seed: number
  ) {
    this.tree = new GrownTree(keys, order)
    this.memory = new TreeMemory(this.plan, this.tree, keys, order)
    this.random = new Lrand48(PROGRAM_SEED + seed - 1)
  }

  source(): AccessSource {
    return new ProgramSource(this.plan.areas, this.tape, () => this.operate())
  }

  private operate(): void {
    const number = this.drawNumber()
    this.lookUp(number % this.keys)
    this.lookUp(((number + 1) * 4) % this.keys)
  }

  /** lrand48: three words of state, which are multiplied as a schoolchild does. */
  private drawNumber(): number {
    const { thread, plan } = this
    thread.enter(this.draw)
    for (let word = 0; word < 3; word++) {
      thread.load(plan.data, WORD * word)
      thread.compute(12)
    }
    for (let word = 0; word < 3; word++) thread.store(plan.data, WORD * word)
    return this.random.next()
  }

  private lookUp(key: number): void {
    const { thread, memory } = this
    this.call()
    this.tree.descend(key, this.visit)
    thread.enter(this.finish)
    thread.load(EVERYWHERE, memory.record(key))
    thread.compute(2)
    thread.load(EVERYWHERE, memory.element(key))
    thread.compute(2)
    for (let saved = 0; saved < SAVED_REGISTERS; saved++) thread.load(this.plan.stack, FRAME + WORD * saved)
    thread.compute(2)
  }

  private call(): void {
    const { thread, plan } = this
    thread.enter(this.begin)
    for (let saved = 0; saved < SAVED_REGISTERS; saved++) thread.store(plan.stack, FRAME + WORD * saved)
    thread.compute(4)
  }

  private readonly visit = ({ node, number, entries, position }: Step): void => {
    const { thread, memory } = this
    const header = memory.header(number)
    const keys = memory.keyArray(number)
    // The search of an inner node ends at the first key above, that of a leaf at the key itself.
    const compared = Math.min(position + 1, node.level === 0 ? entries : entries - 1)
    thread.enter(this.enterNode)
    thread.load(EVERYWHERE, header + IS_LEAF, 1)
    thread.compute(2)
    thread.load(EVERYWHERE, header + KEY_COUNT)
    thread.load(EVERYWHERE, header + KEYS)
    thread.compute(2)
    for (let i = 0; i < compared; i++) {
      thread.enter(this.compare)
      thread.load(EVERYWHERE, keys + WORD * i)
      thread.compute(3)
    }
    thread.enter(this.leaveNode)
    thread.load(EVERYWHERE, header + POINTERS)
    thread.compute(2)
    thread.load(EVERYWHERE, memory.pointerArray(number) + WORD * position)
    thread.compute(2)
  }
}

const SAVED_REGISTERS = 4
/** Of the frame of `find` in the stack. */
const FRAME = 0x400
/** The memory of the tree gives addresses. */
const EVERYWHERE: Block = { start: 0, bytes: 2 ** 47 }
