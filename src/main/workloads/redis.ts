/**
 * Redis, as the DMT artifact runs it (workloads/redis/src/server.c): instead of serving clients it loads its keys and
 * then runs two threads under one lock, of which one looks random keys up and the other overwrites their values:
 *
 *   entry = bucket[siphash(key) mod buckets];  until entry.key is key: entry = entry.next
 *   read:   value = entry.value; value.lru = now; look at value.string
 *   write:  entry.value = a new object behind all others; old value's references -= 1
 *
 * A key and its value are five blocks that malloc has put side by side, 256 bytes in all. Values that are overwritten
 * here do not change where later lookups lead: at most one in twenty is in a run of the program. New blocks come from
 * 64 MiB of growth for each thread, which are used again when they are full (the program lets its heap grow).
 */
import { RandomWords } from '@shared/random/random-words'
import { Chains } from './hashing/chains'
import { checkFootprint } from './process-layout'
import { AddressPlan, within, type Block } from './program/address-plan'
import { ProgramSource } from './program/program-source'
import { Tape } from './program/tape'
import { Thread } from './program/thread'
import type { AccessSource, Workload } from './workload'

const MIB = 2 ** 20
const GIB = 2 ** 30
const KEY_BYTES = 256
const BUCKET_BYTES = 8
const LEAST_KEYS = 64
const GROWTH_BYTES = 64 * MIB

/** Chunks of a key and its value, in the order of their making; what malloc hands out is behind its header. */
const CHUNK_HEADER = 16
const VALUE_STRING = 64 + CHUNK_HEADER
const VALUE_OBJECT = 144 + CHUNK_HEADER
const KEY_STRING = 176 + CHUNK_HEADER
const ENTRY = 224 + CHUNK_HEADER

/** "my-key-0x" and 16 digits, behind the length that a string of Redis begins with. */
const KEY_TEXT_BYTES = 25
const DIGITS = 16
const STRING_HEADER = 3
/** What a writer makes: an object for the key, one for the value, and its string of 51 to 58 bytes. */
const KEY_CHUNK = 64
const OBJECT_CHUNK = 32
const STRING_CHUNKS = [64, 80]

export const redis: Workload = {
  info: {
    id: 'redis',
    title: 'Redis',
    summary: 'Key-value store in memory: a random bucket, a chain, and the block of the key it leads to',
    story: [
      'An in-memory store of half a billion keys with values of 64 bytes. One thread looks random keys up, another overwrites random values, and they take turns at one lock.',
      'An operation reads a random bucket of a table of 4 GiB, walks a chain of one and a half entries, and finds key, value and entry side by side in one block of a heap of 128 GiB: two and a half random pages. What a write makes goes to the end of the heap, in order.'
    ],
    presets: { paper: 2 ** 29 * (KEY_BYTES + BUCKET_BYTES), laptop: 4 * GIB },
    knobs: [
      {
        path: 'redis.writes',
        title: 'Writes',
        help: 'Share of operations that overwrite a value; the rest read one'
      }
    ]
  },
  open: ({ footprint, seed, redis: { writes } }) => new Server(keysIn(footprint), writes, seed).source()
}

const bucketsFor = (keys: number): number => 2 ** Math.ceil(Math.log2(keys))

/** @throws UserError */
function keysIn(footprint: number): number {
  checkFootprint(footprint, LEAST_KEYS * (KEY_BYTES + BUCKET_BYTES), 'a store')
  const few = 2 ** Math.floor(Math.log2(footprint / (KEY_BYTES + BUCKET_BYTES)))
  // With more keys the table has twice as many buckets.
  return Math.max(few, Math.floor((footprint - 2 * few * BUCKET_BYTES) / KEY_BYTES))
}

class Server {
  private readonly tape = new Tape()
  private readonly plan = new AddressPlan()
  /** The code of a command, from the lock to the reply; it is run through from end to end (60 KiB assumed). */
  private readonly code = this.plan.text.routine(15_000)
  private readonly thread = new Thread(this.tape, this.plan.text, this.code)
  private readonly random: RandomWords
  private readonly chains: Chains
  private readonly heap: Block
  private readonly buckets: Block
  /** Where the two threads' new blocks go. */
  private readonly written: Growth
  private readonly asked: Growth

  constructor(
    private readonly keys: number,
    private readonly writes: number,
    seed: number
  ) {
    this.random = new RandomWords(seed)
    this.chains = new Chains(keys, bucketsFor(keys), seed)
    const loaded = Math.ceil((keys * KEY_BYTES + CHUNK_HEADER) / 4096) * 4096
    const growth = Math.min(GROWTH_BYTES, Math.max(8192, loaded / 16))
    this.heap = this.plan.heap(Math.max(132 * 1024, loaded + growth))
    this.written = new Growth(within(this.heap, loaded, growth))
    this.buckets = this.plan.map('buckets', this.chains.buckets * BUCKET_BYTES)
    this.asked = new Growth(this.plan.map('arena', growth))
  }

  source(): AccessSource {
    return new ProgramSource(this.plan.areas, this.tape, () => this.operate())
  }

  private operate(): void {
    const key = Math.floor(this.random.fraction() * this.keys)
    if (this.random.fraction() < this.writes) this.overwrite(key)
    else this.lookUp(key)
  }

  private lookUp(key: number): void {
    this.lock()
    this.make(this.asked, KEY_CHUNK)
    this.find(key)
    this.touchValue(key)
    this.thread.load(this.heap, key * KEY_BYTES + VALUE_STRING + STRING_HEADER, 1)
    this.unlock()
  }

  private overwrite(key: number): void {
    const { thread, heap, written } = this
    this.lock()
    this.make(written, KEY_CHUNK)
    this.make(written, STRING_CHUNKS[this.random.next() % STRING_CHUNKS.length])
    this.make(written, OBJECT_CHUNK)
    this.find(key)
    this.touchValue(key)
    thread.store(heap, key * KEY_BYTES + ENTRY + 8)
    thread.compute(3)
    thread.modify(heap, key * KEY_BYTES + VALUE_OBJECT + 4, 4)
    thread.compute(3)
    this.unlock()
  }

  /** Hashes the key's text and follows its bucket's chain to it. */
  private find(key: number): void {
    const { thread, plan, heap, buckets, chains } = this
    thread.read(plan.stack, TEXT_BUFFER, KEY_TEXT_BYTES)
    thread.compute(36)
    for (const field of DICTIONARY) thread.load(plan.data, field)
    const bucket = chains.bucketOf(key)
    thread.load(buckets, bucket * BUCKET_BYTES)
    for (const member of chains.chain(bucket)) {
      const block = member * KEY_BYTES
      thread.load(heap, block + ENTRY)
      thread.compute(4)
      thread.load(heap, block + KEY_STRING, 1)
      thread.read(heap, block + KEY_STRING + STRING_HEADER, KEY_TEXT_BYTES)
      thread.compute(4)
      if (member === key) return
      thread.load(heap, block + ENTRY + 16)
      thread.compute(2)
    }
  }

  /** Notes in the value when it was last used. */
  private touchValue(key: number): void {
    const { thread, heap, plan } = this
    const object = key * KEY_BYTES + VALUE_OBJECT
    thread.load(heap, key * KEY_BYTES + ENTRY + 8)
    thread.compute(3)
    thread.load(plan.data, CLOCK, 4)
    thread.compute(3)
    thread.modify(heap, object, 4)
    thread.compute(2)
    thread.load(heap, object + 8)
    thread.compute(2)
  }

  /** Takes a chunk from the end of what there is and fills it. */
  private make(growth: Growth, bytes: number): void {
    const { thread, plan } = this
    thread.load(plan.data, ALLOCATOR)
    thread.compute(4)
    const offset = growth.take(bytes)
    thread.store(growth.block, offset + 8)
    thread.store(plan.data, ALLOCATOR)
    thread.compute(2)
    for (let done = CHUNK_HEADER; done < bytes; done += CHUNK_HEADER) {
      thread.load(plan.stack, TEXT_BUFFER, CHUNK_HEADER)
      thread.store(growth.block, offset + done, CHUNK_HEADER)
      thread.compute(3)
    }
  }

  private lock(): void {
    const { thread, plan } = this
    for (let saved = 0; saved < 4; saved++) thread.store(plan.stack, FRAME + 8 * saved)
    thread.modify(plan.data, LOCK, 4)
    thread.compute(4)
    // The key's number is printed a digit at a time, each from the table of digits.
    for (let digit = 0; digit < DIGITS; digit++) {
      thread.load(plan.data, DIGIT_TABLE + digit, 1)
      thread.compute(2)
      thread.store(plan.stack, TEXT_BUFFER + KEY_TEXT_BYTES - DIGITS + digit, 1)
      thread.compute(2)
    }
  }

  private unlock(): void {
    const { thread, plan } = this
    thread.modify(plan.data, LOCK, 4)
    thread.compute(3)
    for (let saved = 0; saved < 4; saved++) thread.load(plan.stack, FRAME + 8 * saved)
    thread.compute(4)
  }
}

/** Memory that is given out from its beginning to its end, and then again. */
class Growth {
  private used = 0

  constructor(readonly block: Block) {}

  take(bytes: number): number {
    if (this.used + bytes > this.block.bytes) this.used = 0
    const offset = this.used
    this.used += bytes
    return offset
  }
}

/** Offsets into the stack and into the server's data. */
const FRAME = 0x400
const TEXT_BUFFER = 0x440
const DIGIT_TABLE = 0x80
const LOCK = 0x100
const ALLOCATOR = 0x140
const CLOCK = 0x180
/** Table, mask, and whether it is being rehashed. */
const DICTIONARY = [0x200, 0x208, 0x210]
