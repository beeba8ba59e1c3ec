/**
 * One lane: a machine of its own, driven by the access stream that all lanes share. Here is the loop that
 * every reference goes through: TLB, walk and faults where it misses, the check of the page reached, caches.
 */
import { LOW_BITS, LOW_SPAN, PAGE_BYTES, pageFrom } from '@shared/address/address'
import type { LabSpec } from '@shared/model/spec'
import { FETCH, LOAD, STORE, type AccessBatch } from '@shared/model/access'
import { accessLines, type AccessLines } from './access-lines'
import { TLB_SHARED } from '../hardware/tlb/tlb'
import {
  T_CHECKED,
  T_DATA,
  T_DTLB,
  T_ERRORS,
  T_FETCHED,
  T_ITLB,
  T_SPLITS,
  T_STLB_HITS,
  T_STLB_MISSES,
  flushTally,
  newTally
} from './lane-tally'
import { META_DIRTY, META_EXECUTABLE, META_WRITABLE, permissionOf } from './leaf-meta'
import { LoadPass, SLICE } from './load-pass'
import type { Machine } from './machine'
import { MissPath } from './miss-path'
import { OperationReader } from './operation-reader'
import { execute } from './operations'
import type { WalkLog } from './walk-log'
import type { WalkPatterns } from './walk-patterns'
import type { WalkSamples } from './walk-samples'
import { translationError, type TranslationError } from './translation-error'

const HASH_A = 0x9e3779b1
const HASH_B = 0x85ebca6b

export class Lane {
  /** Accesses done since the start, warm-up included. */
  accesses = 0
  /** Rolling hash over (logical page, offset, permission) at every reference: equal in all lanes. */
  hashA = 0x811c9dc5 | 0
  hashB = 0x1234567 | 0
  firstError: TranslationError | null = null
  private readonly tally = newTally()
  private readonly misses: MissPath
  private readonly ahead: LoadPass
  private readonly operations = new OperationReader()
  private readonly owners: readonly Int32Array[]
  private readonly verify: boolean
  /** Of the page reached last. */
  private permission = 0
  /** An access that crosses a page is one reference, of its first page. */
  private readonly looksUpFirstPage: boolean
  /** Asks the caches for whole accesses, where not each line of a reference is asked for. */
  private readonly wholes: AccessLines | null
  /** A reference to the page and line of the one before leaves TLB and caches as they are. */
  private readonly knowsRepeats: boolean
  /** The page reached last by a first-level hit, its kind of access and its tag; lastLow is -1 when there is none. */
  private lastLow = -1
  private lastHigh = 0
  private lastKind = 0
  private lastFrame = 0
  private lastTag = 0
  /** Line that the last reference ended in. */
  private lastLine = -1

  constructor(readonly machine: Machine) {
    this.misses = new MissPath(machine, this.tally)
    this.ahead = new LoadPass(machine)
    this.owners = machine.stack.layers.map((layer) => layer.pageOfFrame)
    this.verify = machine.spec.verify
    this.looksUpFirstPage = machine.spec.tlb.crossing === 'first'
    this.wholes = accessLines(machine.spec.cache)
    this.knowsRepeats = leavesRepeatsAlone(machine.spec)
  }

  get log(): WalkLog {
    return this.misses.log
  }

  get patterns(): WalkPatterns {
    return this.misses.patterns
  }

  get samples(): WalkSamples {
    return this.misses.samples
  }

  get walksEver(): number {
    return this.misses.walksEver
  }

  /** Runs accesses [from, to) of the batch. @throws OutOfMemory; the access that met it is not counted */
  run(batch: AccessBatch, from: number, to: number): void {
    const { tally } = this
    const before = this.accesses
    this.lastLow = -1
    this.wholes?.drop()
    try {
      this.runSlices(batch, from, to)
    } finally {
      this.accesses = before + tally[LOAD] + tally[STORE] + tally[FETCH]
      flushTally(tally, this.machine.ledger.counters)
    }
  }

  private runSlices(batch: AccessBatch, from: number, to: number): void {
    const { tally, ahead } = this
    for (let at = from; at < to; at += SLICE) {
      const end = Math.min(to, at + SLICE)
      const misses = tally[T_STLB_MISSES]
      if (ahead.isOn) ahead.load(batch, at, end)
      this.runSlice(batch, at, end)
      ahead.observe(tally[T_STLB_MISSES] - misses)
    }
  }

  private runSlice(batch: AccessBatch, from: number, to: number): void {
    const { kind, high, low, offset, size } = batch
    const { tally } = this
    for (let i = from; i < to; i++) {
      if (kind[i] > FETCH) {
        this.operate(kind[i], size[i], high[i], low[i])
        continue
      }
      this.accesses++
      const end = offset[i] + size[i]
      if (end <= PAGE_BYTES || this.looksUpFirstPage)
        this.reference(kind[i], high[i], low[i], offset[i], size[i])
      else this.split(kind[i], high[i], low[i], offset[i], end)
      tally[kind[i]]++
      if (this.wholes !== null)
        this.wholes.end(this.machine.caches, tally, kind[i], high[i], low[i], (offset[i] << 8) | size[i])
      if (this.lastLow >= 0) i += this.repeat(batch, i + 1, to)
    }
  }

  /**
   * Accesses from `from` on to the page reached last, of the same kind: the TLB would answer the same again, and the
   * page was checked. How many they are.
   */
  private repeat(batch: AccessBatch, from: number, to: number): number {
    const { kind, high, low, offset, size } = batch
    const { tally, lastLow, lastHigh, lastKind, lastTag } = this
    const permission = this.permission << 12
    let { hashA, hashB, lastLine } = this
    let sameLine = 0
    let i = from
    for (; i < to; i++) {
      const at = offset[i]
      const end = at + size[i]
      if (low[i] !== lastLow || high[i] !== lastHigh || kind[i] !== lastKind || end > PAGE_BYTES) break
      hashA = Math.imul(hashA ^ lastTag, HASH_A) + at
      hashB = Math.imul(hashB ^ at ^ permission, HASH_B) ^ lastTag
      if (at >>> 6 === lastLine && (end - 1) >>> 6 === lastLine) sameLine++
      else {
        this.touch(lastKind === FETCH, this.lastFrame, at, size[i])
        lastLine = this.lastLine
      }
    }
    this.hashA = hashA
    this.hashB = hashB
    const repeats = i - from
    this.accesses += repeats
    tally[lastKind] += repeats
    tally[T_CHECKED] += repeats
    tally[lastKind === FETCH ? T_FETCHED : T_DATA] += sameLine
    return repeats
  }

  /** A record of an operation; with its last argument it is executed. */
  private operate(kind: number, size: number, high: number, low: number): void {
    const { machine } = this
    this.lastLow = -1
    const operation = this.operations.take(kind, size, high, low)
    if (operation === null) return
    machine.ledger.reference = this.accesses
    execute(machine, operation)
  }

  /** Starts counting afresh: the warm-up is over. Machine state stays. */
  restart(): Float64Array {
    this.patterns.clear()
    this.samples.clear()
    return this.machine.ledger.restart()
  }

  /** An access that crosses into the next page makes a second reference there. */
  private split(kind: number, high: number, low: number, offset: number, end: number): void {
    this.reference(kind, high, low, offset, PAGE_BYTES - offset)
    const carries = low + 1 === LOW_SPAN
    this.reference(kind, carries ? high + 1 : high, carries ? 0 : low + 1, 0, end - PAGE_BYTES)
    this.tally[T_SPLITS]++
  }

  private reference(kind: number, high: number, low: number, offset: number, size: number): void {
    const { tlb, context } = this.machine
    const { tally, misses } = this
    const isFetch = kind === FETCH
    let frame: number
    this.lastLow = -1
    if (tlb.lookup(isFetch, high, low, context)) {
      if (tlb.hit === TLB_SHARED) {
        tally[isFetch ? T_ITLB : T_DTLB]++
        tally[T_STLB_HITS]++
      }
      const needed = kind === STORE ? META_WRITABLE | META_DIRTY : isFetch ? META_EXECUTABLE : 0
      const isAllowed = (tlb.meta & needed) === needed
      frame = isAllowed ? tlb.frame : misses.upgrade(kind, high, low, this.accesses)
      this.permission = isAllowed ? permissionOf(tlb.meta) : misses.permission
      if (isAllowed && this.knowsRepeats && tlb.hit !== TLB_SHARED) this.remember(kind, high, low, frame)
    } else {
      frame = misses.miss(kind, high, low, offset, this.accesses)
      this.permission = misses.permission
      tally[isFetch ? T_ITLB : T_DTLB]++
      tally[T_STLB_MISSES]++
    }
    this.check(frame, kind, high, low, offset)
    if (this.wholes === null) this.touch(isFetch, frame, offset, size)
    else this.wholes.add(frame, offset, size)
  }

  private remember(kind: number, high: number, low: number, frame: number): void {
    this.lastKind = kind
    this.lastHigh = high
    this.lastLow = low
    this.lastFrame = frame
  }

  /** The data or instruction lines of the reference, through the caches. */
  private touch(isFetch: boolean, frame: number, offset: number, size: number): void {
    const { caches } = this.machine
    const at = isFetch ? T_FETCHED : T_DATA
    const first = offset >>> 6
    const last = (offset + size - 1) >>> 6
    for (let n = first; n <= last; n++) {
      const f = frame + (n >>> 6)
      const line = n & 63
      const code = isFetch ? caches.fetch(f, line, last > first) : caches.data(f, line, last > first)
      this.tally[at + code]++
      this.lastLine = n
    }
  }

  /**
   * Was the page asked for the page reached? Every frame carries, apart from the tables, the page it serves;
   * and every lane hashes what it reached, so that lanes can be compared at each barrier.
   */
  private check(machineFrame: number, kind: number, high: number, low: number, offset: number): void {
    const owners = this.owners
    let f = machineFrame
    for (let k = 0; k < owners.length - 1; k++) f = owners[k][f] - 1
    const tag = owners[owners.length - 1][f]
    this.tally[T_CHECKED]++
    const own = ((((high << LOW_BITS) | low) + 1) | 0) ^ this.machine.salt
    const reached = tag === own || this.movedHere(tag, high, low) ? own : tag
    if (reached !== own) this.noteError(kind, high, low, machineFrame)
    this.lastTag = reached
    this.hashA = Math.imul(this.hashA ^ reached, HASH_A) + offset
    this.hashB = Math.imul(this.hashB ^ offset ^ (this.permission << 12), HASH_B) ^ reached
    if (this.verify) this.verifyByOracle(machineFrame, kind, high, low)
  }

  /** A frame that processes share keeps the page it had when one of them moved its area. */
  private movedHere(tag: number, high: number, low: number): boolean {
    return this.machine.stack.inner.space.expects(pageFrom(high, low)) === tag
  }

  private verifyByOracle(machineFrame: number, kind: number, high: number, low: number): void {
    const expected = this.machine.stack.oracleFrame(pageFrom(high, low))
    if (expected !== machineFrame) this.noteError(kind, high, low, machineFrame)
  }

  private noteError(kind: number, high: number, low: number, machineFrame: number): void {
    this.tally[T_ERRORS]++
    this.firstError ??= translationError(this.machine, this.accesses, kind, pageFrom(high, low), machineFrame)
  }
}

/**
 * Not where a policy counts hits or a line served twice is special. With `verify` every reference is asked about, and
 * an access over two pages that counts as one reference may end in another frame.
 */
const leavesRepeatsAlone = ({ tlb, cache, verify }: LabSpec): boolean =>
  !verify &&
  tlb.replacement !== 'lfu' &&
  tlb.crossing === 'both' &&
  cache.replacement !== 'lfu' &&
  cache.repeatedLine === 'hit' &&
  cache.straddle === 'lines' &&
  cache.modify === 'twice' &&
  cache.prefetcher === 'none'
