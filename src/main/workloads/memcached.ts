/**
 * Memcached, asked by YCSB as the DMT artifact has it (eval/ycsb/workloads/perfeval): every operation reads a whole
 * record.
 *
 *   item = bucket[hash(key) mod buckets];  until item.key is key: item = item.next
 *   item.references += 1;  hand the value to the kernel, which sends it;  item.references -= 1
 *
 * Items fill slab pages of 1 MiB in the order of their loading. The table of buckets doubles when there are more than
 * one and a half items for each (assoc.c). The value itself is read by the kernel; with `kernelCopy` its lines are in
 * the stream, and those of the socket buffers that it fills as accesses to an area of the program, since addresses of
 * the kernel are not among those that a lane translates.
 */
import { PAGE_BYTES } from '@shared/address/address'
import { Permutation } from '@shared/random/permutation'
import { RandomWords } from '@shared/random/random-words'
import { Chains } from './hashing/chains'
import { SlabPages, SLAB_PAGE_BYTES, chunkFor } from './memcached/slab-pages'
import { checkFootprint } from './process-layout'
import { AddressPlan, type Block } from './program/address-plan'
import { ProgramSource } from './program/program-source'
import { Tape } from './program/tape'
import { Thread } from './program/thread'
import type { AccessSource, Workload } from './workload'
import { ZIPF_EXPONENT } from './zipf'
import { ZipfRanks } from './zipf-ranks'

const KIB = 2 ** 10
const GIB = 2 ** 30
const PAPER_RECORDS = 100_000_000
const PAPER_VALUE_BYTES = 10 * 100
/** The most that can be ranked (ZipfRanks). */
const MOST_RANKS = 2 ** 30

const BUCKET_BYTES = 8
/** The table's first size, hashpower 16. */
const LEAST_BUCKETS = 2 ** 16

/** An item: links, times and counters, and a number of its version; the key with its end; the value with a line's. */
const NEXT = 16
const TIME = 24
const REFERENCES = 36
const FLAGS = 38
const KEY_LENGTH = 41
const KEY = 56
/** "user" and up to 19 digits. */
const KEY_BYTES = 23
const VALUE = KEY + KEY_BYTES + 1
const LINE_END_BYTES = 2

const WORKERS = 4
const STACK_BYTES = 8 * 2 ** 20
const USED_STACK_PAGES = 33
const CONNECTION_BYTES = 16 * KIB
const LINE_BYTES = 64
const VECTOR_BYTES = 16

const itemBytes = (valueBytes: number): number => VALUE + valueBytes + LINE_END_BYTES
const itemsPerPage = (valueBytes: number): number =>
  Math.floor(SLAB_PAGE_BYTES / chunkFor(itemBytes(valueBytes)))

const bucketsFor = (items: number): number => Math.max(LEAST_BUCKETS, 2 ** Math.ceil(Math.log2(items / 1.5)))

export const memcached: Workload = {
  info: {
    id: 'memcached',
    title: 'Memcached',
    summary: 'Key-value cache: a random bucket, then a chain of items that lie in slabs of 1 MiB',
    story: [
      'A cache of a hundred million records of 1 KB that a benchmark client reads at random. Four workers take requests from their connections, find the item, and let the kernel send its value from where it lies.',
      'A request reads a random bucket and the head of every item in its chain, each on a page of its own. Values are copied by the kernel, so the program itself reads a line or two of an item and spends the rest of its time in buffers that stay in the caches.'
    ],
    presets: {
      paper:
        bucketsFor(PAPER_RECORDS) * BUCKET_BYTES +
        Math.ceil((PAPER_RECORDS * SLAB_PAGE_BYTES) / itemsPerPage(PAPER_VALUE_BYTES)),
      laptop: 4 * GIB
    },
    knobs: [
      {
        path: 'memcached.distribution',
        title: 'Distribution',
        help: 'Which records are asked for: each as often, or few of them often'
      },
      { path: 'memcached.fields', title: 'Fields', help: 'Fields of a record' },
      { path: 'memcached.fieldBytes', title: 'Field size', help: 'Bytes of a field' },
      {
        path: 'memcached.kernelCopy',
        title: 'Kernel’s copy',
        help: 'Whether the copy of the value to the socket is part of the stream'
      }
    ]
  },
  open: ({ footprint, seed, memcached: { distribution, fields, fieldBytes, kernelCopy } }) => {
    const valueBytes = fields * fieldBytes
    const items = itemsIn(footprint, valueBytes)
    const random = new RandomWords(seed)
    const records = distribution === 'uniform' ? uniform(items, random) : zipfian(items, random, seed)
    return new Cache(items, valueBytes, records, kernelCopy, seed).source()
  }
}

/** @throws UserError */
function itemsIn(footprint: number, valueBytes: number): number {
  const perPage = itemsPerPage(valueBytes)
  const itemsBeside = (buckets: number): number =>
    Math.floor(((footprint - buckets * BUCKET_BYTES) * perPage) / SLAB_PAGE_BYTES)
  checkFootprint(footprint, SLAB_PAGE_BYTES + LEAST_BUCKETS * BUCKET_BYTES, 'a slab page')
  let buckets = LEAST_BUCKETS
  while (itemsBeside(2 * buckets) > 1.5 * buckets) buckets *= 2
  // With one item more the table would double, and leave room for fewer.
  return Math.min(itemsBeside(buckets), 1.5 * buckets)
}

const uniform = (items: number, random: RandomWords) => (): number => Math.floor(random.fraction() * items)

function zipfian(items: number, random: RandomWords, seed: number): () => number {
  const count = Math.min(items, MOST_RANKS)
  const ranks = new ZipfRanks(count, ZIPF_EXPONENT, random)
  const order = new Permutation(count, seed)
  return () => order.at(ranks.next() - 1)
}

class Cache {
  private readonly tape = new Tape()
  private readonly plan = new AddressPlan()
  /** What a request runs through, from the event to the reply; it goes from end to end (60 KiB assumed). */
  private readonly code = this.plan.text.routine(15_000)
  private readonly thread = new Thread(this.tape, this.plan.text, this.code)
  private readonly chains: Chains
  private readonly slabs: SlabPages
  private readonly buckets: Block
  private readonly stacks: readonly Block[]
  private readonly connections: Block
  private readonly socket: Block | null
  private turn = 0

  constructor(
    items: number,
    private readonly valueBytes: number,
    private readonly nextRecord: () => number,
    kernelCopy: boolean,
    seed: number
  ) {
    this.chains = new Chains(items, bucketsFor(items), seed)
    this.slabs = new SlabPages(this.plan, items, chunkFor(itemBytes(valueBytes)))
    this.buckets = this.plan.map('buckets', this.chains.buckets * BUCKET_BYTES)
    const used = Int32Array.of(STACK_BYTES / PAGE_BYTES - USED_STACK_PAGES, USED_STACK_PAGES)
    this.stacks = Array.from({ length: WORKERS }, () => this.plan.map('worker stack', STACK_BYTES, used))
    this.connections = this.plan.map('connections', WORKERS * CONNECTION_BYTES)
    const copied = Math.ceil(valueBytes / LINE_BYTES + 2) * LINE_BYTES
    this.socket = kernelCopy ? this.plan.map('socket', WORKERS * copied) : null
  }

  source(): AccessSource {
    return new ProgramSource(this.plan.areas, this.tape, () => this.get())
  }

  private get(): void {
    const worker = this.turn
    this.turn = (worker + 1) % WORKERS
    const record = this.nextRecord()
    this.takeRequest(worker)
    const item = this.find(record)
    this.hold(item)
    this.answer(worker)
    if (this.socket) this.copyValue(this.socket, worker, item)
    this.release(item)
  }

  /** Reads the command and the key from the connection, a piece at a time, and notes them on the stack. */
  private takeRequest(worker: number): void {
    const { thread, connections } = this
    const frame = this.frameOf(worker)
    for (let word = 0; word < 12; word++) {
      thread.load(connections, worker * CONNECTION_BYTES + 8 * (word % 5))
      thread.compute(3)
      thread.store(frame, 8 * word)
      thread.compute(1)
    }
    // The key's hash takes its bytes in three words.
    for (let word = 0; word < 3; word++) {
      thread.load(connections, worker * CONNECTION_BYTES + 8 * word)
      thread.compute(6)
    }
  }

  /** Follows the chain of the key's bucket; items that came later are in front. */
  private find(record: number): number {
    const { thread, plan, chains, slabs } = this
    const bucket = chains.bucketOf(record)
    thread.modify(plan.data, LOCKS + 8 * (bucket % 512))
    for (const field of TABLE) thread.load(plan.data, field)
    thread.compute(6)
    thread.load(this.buckets, bucket * BUCKET_BYTES)
    thread.compute(2)
    for (const member of chains.chain(bucket)) {
      const item = slabs.addressOf(member)
      thread.load(EVERYWHERE, item + KEY_LENGTH, 1)
      thread.compute(2)
      this.readKey(item)
      if (member === record) return item
      thread.load(EVERYWHERE, item + NEXT)
      thread.compute(2)
    }
    throw new Error('memcached: a chain lacks its record')
  }

  /** Keys differ at their ends. */
  private readKey(item: number): void {
    for (let word = 0; word < KEY_BYTES + 1; word += 8) {
      this.thread.load(EVERYWHERE, item + KEY + word)
      this.thread.compute(3)
    }
  }

  private hold(item: number): void {
    const { thread, plan } = this
    thread.modify(EVERYWHERE, item + REFERENCES, 2)
    thread.compute(3)
    thread.load(EVERYWHERE, item + FLAGS, 2)
    thread.compute(2)
    thread.load(EVERYWHERE, item + TIME, 4)
    thread.load(plan.data, CLOCK, 4)
    thread.compute(4)
  }

  /** Lists for the kernel what to send. */
  private answer(worker: number): void {
    const { thread, connections } = this
    const frame = this.frameOf(worker)
    const list = worker * CONNECTION_BYTES + REPLY
    for (let word = 0; word < 10; word++) {
      thread.load(frame, 8 * word)
      thread.compute(3)
      thread.store(connections, list + 8 * word)
      thread.compute(1)
    }
  }

  private copyValue(socket: Block, worker: number, item: number): void {
    const { thread } = this
    const bytes = this.valueBytes + LINE_END_BYTES
    const to = (worker * socket.bytes) / WORKERS
    let done = 0
    while (done < bytes) {
      const from = item + VALUE + done
      const piece = Math.min(VECTOR_BYTES - (from % VECTOR_BYTES), bytes - done)
      thread.load(EVERYWHERE, from, piece)
      thread.compute(1)
      thread.store(socket, to + Math.floor(done / VECTOR_BYTES) * VECTOR_BYTES, piece)
      thread.compute(1)
      done += piece
    }
  }

  private release(item: number): void {
    const { thread, plan } = this
    thread.modify(EVERYWHERE, item + REFERENCES, 2)
    thread.compute(4)
    thread.modify(plan.data, STATISTICS)
    thread.compute(4)
  }

  private frameOf(worker: number): Block {
    const stack = this.stacks[worker]
    return { start: stack.start + stack.bytes - 2048, bytes: 1024 }
  }
}

/** Offsets into the program's data, and of the reply's list in a connection. */
const LOCKS = 0x1000
const TABLE = [0x100, 0x108, 0x110]
const CLOCK = 0x140
const STATISTICS = 0x180
const REPLY = 4 * KIB
/** Items are given by address. */
const EVERYWHERE: Block = { start: 0, bytes: 2 ** 47 }
