/**
 * The table of guest TEAs, in machine frames at the end of memory that L0 keeps to itself: its frame allocator does
 * not know them, so no guest is ever given one. For each ID the table holds the machine frames
 * granted, the VM that may name them, the VM they were passed on to, and a generation that every change bumps.
 * Hardware checks what a guest's register says against it; only L0 writes it.
 *
 * An entry is 16 bytes, two of the table's 64-bit words, so that one reference reads all of it:
 *
 *   word 0   30..0 base frame | 32 valid | 39..33 owner | 46..40 delegate + 1 | 53..48 issue
 *   word 1   30..0 pages      | 63..32 generation
 *
 * An ID has 16 bits: the entry's index, and above it how often the index was issued before, so that the ID of a
 * grant that has ended names nothing.
 */
import { machineFrame, type MachineFrame } from '@shared/address/address'
import type { PhysicalMemory } from '../memory/physical-memory'

const INDEX_BITS = 10
const ISSUE_MASK = 0x3f
const VM_MASK = 0x7f
const OWNER_SHIFT = 1
const DELEGATE_SHIFT = 8
const ISSUE_SHIFT = 16

export const MOST_GTEAS = 1 << INDEX_BITS
const ENTRIES_PER_FRAME = 256
export const GTEA_TABLE_FRAMES = MOST_GTEAS / ENTRIES_PER_FRAME

/** No VM: of an entry that was not passed on. */
export const NO_VM = -1

export interface GteaEntry {
  readonly valid: boolean
  /** First machine frame. */
  readonly base: number
  readonly pages: number
  /** Number of the VM, that of its layer, whose registers may name it. */
  readonly owner: number
  /** VM that the owner runs and passed the frames on to; NO_VM for none. */
  readonly delegate: number
  readonly issue: number
  readonly generation: number
}

/** Hardware that remembers entries: L0's interrupt reaches it when one changes. */
export interface GteaListener {
  /** The entry is void: nothing that was read from it may be used. */
  forgetGtea(index: number): void
  /** The entry names other frames: read it again. */
  rereadGtea(index: number): void
  /** The hypervisor gave the same grant another ID. */
  renameGtea(from: number, to: number): void
}

/** When the entry that a register names is read. */
export type GteaCheckMode = 'on-load' | 'on-walk-cached' | 'on-walk-memory'

export const gteaIndex = (id: number): number => id & (MOST_GTEAS - 1)

export class GteaTable {
  /** Entries 0..used-1 have been written. */
  private used = 0
  private readonly listeners = new Set<GteaListener>()
  /** Hears of every refused check. */
  onViolation: (vm: number, id: number, reason: string) => void = () => {}

  constructor(
    private readonly memory: PhysicalMemory,
    /** Of the frames that the table lies in. */
    readonly firstFrame: MachineFrame,
    readonly mode: GteaCheckMode = 'on-load'
  ) {}

  /** A new entry's ID; -1 when every entry is in use. */
  grant(base: number, pages: number, owner: number, delegate = NO_VM): number {
    const index = this.freeIndex()
    if (index < 0) return -1
    const old = index < this.used ? this.entryAt(index) : null
    const issue = old === null ? 0 : (old.issue + 1) & ISSUE_MASK
    this.used = Math.max(this.used, index + 1)
    this.write(index, {
      valid: true,
      base,
      pages,
      owner,
      delegate,
      issue,
      generation: old?.generation ?? 0
    })
    return index | (issue << INDEX_BITS)
  }

  /** The entry ends, and with it whatever hardware remembers of it. */
  revoke(id: number): void {
    const entry = this.find(id)
    if (entry === null) throw new Error(`GteaTable.revoke: no grant has the ID ${id}`)
    this.write(gteaIndex(id), { ...entry, valid: false, generation: entry.generation + 1 })
    for (const listener of [...this.listeners]) listener.forgetGtea(gteaIndex(id))
  }

  /** The frames have moved; registers that name the entry stay valid. */
  move(id: number, base: number): void {
    const entry = this.find(id)
    if (entry === null) throw new Error(`GteaTable.move: no grant has the ID ${id}`)
    this.write(gteaIndex(id), { ...entry, base, generation: entry.generation + 1 })
    for (const listener of [...this.listeners]) listener.rereadGtea(gteaIndex(id))
  }

  /** The same grant at other frames under another ID, which is returned; registers name that one now. */
  reissue(id: number, base: number): number {
    const entry = this.find(id)
    if (entry === null) throw new Error(`GteaTable.reissue: no grant has the ID ${id}`)
    const other = this.grant(base, entry.pages, entry.owner, entry.delegate)
    if (other < 0) {
      this.move(id, base)
      return id
    }
    for (const listener of [...this.listeners]) listener.renameGtea(id, other)
    this.revoke(id)
    return other
  }

  /** The valid entry of an ID, or null. Looking only. */
  find(id: number): GteaEntry | null {
    if (id < 0 || gteaIndex(id) >= this.used) return null
    const entry = this.entryAt(gteaIndex(id))
    return entry.valid && gteaIndex(id) + (entry.issue << INDEX_BITS) === id ? entry : null
  }

  /** Machine base of `pages` pages from `offset` on, or -1 when ID, owner or bounds do not hold: then it is said. */
  check(id: number, vm: number, offset: number, pages: number): number {
    const entry = this.find(id)
    const reason = refusal(entry, vm, offset, pages)
    if (reason === null && entry !== null) return entry.base + offset
    this.onViolation(vm, id, reason ?? '')
    return -1
  }

  /** Pages that the entry of an ID grants; 0 when there is none. */
  pagesOf(id: number): number {
    return this.find(id)?.pages ?? 0
  }

  /** Machine frame that holds the entry of an ID, whatever the ID; the walker reads there. */
  frameOf(id: number): number {
    return this.firstFrame + Math.floor(gteaIndex(id) / ENTRIES_PER_FRAME)
  }

  /** Index of the entry's first word in that frame. */
  wordOf(id: number): number {
    return (gteaIndex(id) % ENTRIES_PER_FRAME) * 2
  }

  attach(listener: GteaListener): void {
    this.listeners.add(listener)
  }

  detach(listener: GteaListener): void {
    this.listeners.delete(listener)
  }

  /** Every entry that was ever written. Looking only. */
  list(): readonly GteaEntry[] {
    return Array.from({ length: this.used }, (_, index) => this.entryAt(index))
  }

  private freeIndex(): number {
    for (let index = 0; index < this.used; index++) if (!this.entryAt(index).valid) return index
    return this.used < MOST_GTEAS ? this.used : -1
  }

  private entryAt(index: number): GteaEntry {
    const [frame, word] = [this.frameOf(index), this.wordOf(index)]
    const high = this.memory.high(frame, word)
    return {
      valid: (high & 1) !== 0,
      base: this.memory.low(frame, word),
      pages: this.memory.low(frame, word + 1),
      owner: (high >>> OWNER_SHIFT) & VM_MASK,
      delegate: ((high >>> DELEGATE_SHIFT) & VM_MASK) - 1,
      issue: (high >>> ISSUE_SHIFT) & ISSUE_MASK,
      generation: this.memory.high(frame, word + 1)
    }
  }

  private write(index: number, entry: GteaEntry): void {
    const [frame, word] = [machineFrame(this.frameOf(index)), this.wordOf(index)]
    const high =
      (entry.valid ? 1 : 0) |
      (entry.owner << OWNER_SHIFT) |
      ((entry.delegate + 1) << DELEGATE_SHIFT) |
      (entry.issue << ISSUE_SHIFT)
    this.memory.write(frame, word, entry.base, high)
    this.memory.write(frame, word + 1, entry.pages, entry.generation)
  }
}

/** Why a VM may not use these pages of an entry; null when it may. */
function refusal(entry: GteaEntry | null, vm: number, offset: number, pages: number): string | null {
  if (entry === null) return 'no grant has this ID'
  if (entry.owner !== vm) return 'the grant is another VM’s'
  if (offset < 0 || pages < 0 || offset + pages > entry.pages) return 'the pages lie beyond the grant'
  return null
}
