/**
 * Walks of any stack, made from the rules of the designs: a radix layer reads one entry a level and has each
 * table's address translated by the layers below it, a register reads the leaf entry alone, and a cooperative
 * register's area needs no translation. Frames are numbers drawn from what they hold, so addresses agree along
 * the walk. `aWalk()` is the 2-D walk of 24 references.
 */
import type { LayerMode, LayerName } from '@shared/model/environment'
import type { HitLevel, RegisterMatch, WalkRecord, WalkStep } from '@shared/model/walk-record'

export interface LayerSetUp {
  readonly name: LayerName
  readonly mode: LayerMode
  readonly levels: number
  /** Level of the leaf entries: 1 for 4 KiB pages, 2 for 2 MiB, 3 for 1 GiB. */
  readonly leaf: number
}

export interface WalkSetUp {
  /** Lowest first. */
  readonly layers: readonly LayerSetUp[]
  readonly address: string
  /** Where each read is answered, by its number. */
  readonly hit: (step: { n: number; layer: LayerName; level: number; for: string }) => HitLevel
  /** Step whose entry is not present; the walk ends there. */
  readonly faultAt: number | null
  /** The first read is a register attempt that falls back. */
  readonly wasted: boolean
}

export const LATENCY: Record<HitLevel, number> = { PWC: 1, NTLB: 1, L1: 4, L2: 14, LLC: 54, MEMORY: 200 }
const MATCH_CYCLES = 1
const FLAGS_LEAF = 0x67n
const FLAGS_TABLE = 0x27n
const PAGE_SIZE_FLAG = 0x80n
const NO_EXECUTE = 1n << 63n

export const layer = (name: LayerName, mode: LayerMode = 'R', levels = 4, leaf = 1): LayerSetUp => ({
  name,
  mode,
  levels,
  leaf
})

const radixPair = [layer('L0'), layer('L1')]
/** Upper levels are near, leaves far: what a warm cache hierarchy tends to do. */
const usual = (step: { level: number }): HitLevel =>
  (['MEMORY', 'LLC', 'L2', 'L1', 'L1'] as const)[step.level - 1]

/** A frame number below 2^30 that depends on what the frame holds and on nothing else. */
function frameOf(key: string): bigint {
  let hash = 2166136261
  for (const char of key) hash = Math.imul(hash ^ char.charCodeAt(0), 16777619) >>> 0
  return BigInt(hash % 0x3f_ffff) + 0x1000n
}

const shiftOf = (level: number): bigint => 12n + 9n * BigInt(level - 1)
const hex = (value: bigint): string => '0x' + value.toString(16)

class WalkBuilder {
  readonly steps: WalkStep[] = []
  readonly registers: RegisterMatch[] = []
  private cycles = 0

  constructor(readonly setUp: WalkSetUp) {}

  get isOver(): boolean {
    return this.setUp.faultAt !== null && this.steps.length >= this.setUp.faultAt
  }

  /** Translates `address` of layer `k`'s space to the machine. */
  translate(k: number, address: bigint, purpose: string): bigint {
    const l = this.setUp.layers[k]
    if (!l) return address
    if (l.mode === 'R')
      for (let level = l.levels; level >= l.leaf; level--) this.read(k, address, level, purpose)
    else this.read(k, address, l.leaf, purpose)
    return this.translate(k - 1, this.pageOf(l, address), purpose)
  }

  /** Translation without steps: what the reads would give. */
  private resolve(k: number, address: bigint): bigint {
    const l = this.setUp.layers[k]
    return l ? this.resolve(k - 1, this.pageOf(l, address)) : address
  }

  private pageOf(l: LayerSetUp, address: bigint): bigint {
    const shift = shiftOf(l.leaf)
    const pages = 1n << (shift - 12n)
    const first = (frameOf(`${l.name} page ${address >> shift}`) / pages) * pages
    return (first << 12n) | (address & ((1n << shift) - 1n))
  }

  private tableOf(l: LayerSetUp, address: bigint, level: number): bigint {
    return frameOf(`${l.name} table ${level} ${address >> shiftOf(level + 1)}`) << 12n
  }

  private entryOf(l: LayerSetUp, address: bigint, level: number): bigint {
    if (level > l.leaf) return this.tableOf(l, address, level - 1) | FLAGS_TABLE
    const page = (this.pageOf(l, address) >> shiftOf(level)) << shiftOf(level)
    return page | FLAGS_LEAF | NO_EXECUTE | (level > 1 ? PAGE_SIZE_FLAG : 0n)
  }

  private read(k: number, address: bigint, level: number, purpose: string): void {
    if (this.isOver) return
    const l = this.setUp.layers[k]
    const index = (address >> shiftOf(level)) & 511n
    const table = this.tableOf(l, address, level)
    const place = l.mode === 'P' ? this.resolve(k - 1, table + 8n * index) : null
    const machine =
      place ??
      this.translate(
        k - 1,
        table + 8n * index,
        purpose === 'data' ? `${l.name} level ${level}` : `${l.name} level ${level} of ${purpose}`
      )
    if (this.isOver) return
    this.add(l, { level, index, table, machine, entry: this.entryOf(l, address, level), purpose })
    if (l.mode !== 'R') this.match(l, address, table, machine - 8n * index)
  }

  private add(
    l: LayerSetUp,
    read: { level: number; index: bigint; table: bigint; machine: bigint; entry: bigint; purpose: string }
  ): void {
    const n = this.steps.length + 1
    const hit = this.setUp.hit({ n, layer: l.name, level: read.level, for: read.purpose })
    const isCacheHit = hit === 'PWC' || hit === 'NTLB'
    const notPresent = n === this.setUp.faultAt
    this.cycles += LATENCY[hit] + (l.mode === 'R' ? 0 : MATCH_CYCLES)
    this.steps.push({
      n,
      layer: l.name,
      level: read.level,
      for: read.purpose,
      by: l.mode === 'R' ? 'radix' : 'register',
      index: Number(read.index),
      address: hex(read.machine),
      tableAddress: hex(read.table),
      entry: isCacheHit ? '' : (notPresent ? 0n : read.entry).toString(16).padStart(16, '0'),
      hit,
      cycles: LATENCY[hit],
      cyclesSoFar: this.cycles,
      wasted: false,
      notPresent
    })
  }

  private match(l: LayerSetUp, address: bigint, table: bigint, machineTable: bigint): void {
    const slot = 273n
    const start = ((address >> shiftOf(l.leaf + 1)) - slot) << shiftOf(l.leaf + 1)
    const base = (l.mode === 'P' ? machineTable : table) - (slot << 12n)
    this.registers.push({
      step: this.steps.length,
      layer: l.name,
      register: 0,
      coversFrom: hex(start < 0n ? 0n : start),
      slots: 2049,
      base: hex(base),
      cooperative: l.mode === 'P',
      linearIndex: Number(slot * 512n) + (this.steps.at(-1)?.index ?? 0)
    })
  }
}

/** One step in front that belongs to an attempt that fell back. */
function withWasted(steps: readonly WalkStep[]): WalkStep[] {
  const leaf = steps.findLast((step) => step.layer === steps.at(-5)?.layer) ?? steps[0]
  const spent = LATENCY.LLC + MATCH_CYCLES
  const attempt: WalkStep = {
    ...leaf,
    n: 1,
    by: 'register',
    hit: 'LLC',
    cycles: LATENCY.LLC,
    cyclesSoFar: spent,
    wasted: true,
    notPresent: true,
    entry: '0'.repeat(16)
  }
  return [
    attempt,
    ...steps.map((step) => ({ ...step, n: step.n + 1, cyclesSoFar: step.cyclesSoFar + spent }))
  ]
}

const isRead = (step: WalkStep): boolean => step.hit !== 'PWC' && step.hit !== 'NTLB' && !step.wasted

export function aWalk(changes: Partial<WalkSetUp> = {}): WalkRecord {
  const setUp: WalkSetUp = {
    layers: radixPair,
    address: '0x7f1256789abc',
    hit: usual,
    faultAt: null,
    wasted: false,
    ...changes
  }
  const builder = new WalkBuilder(setUp)
  const physical = builder.translate(setUp.layers.length - 1, BigInt(setUp.address), 'data')
  const steps = setUp.wasted ? withWasted(builder.steps) : builder.steps
  const references = steps.filter(isRead).length
  return {
    walk: 296_114,
    reference: 4_812_334,
    address: setUp.address,
    access: 'load',
    outcome: setUp.faultAt === null ? 'translated' : 'fault',
    references,
    criticalReferences: references,
    wastedReferences: steps.filter((step) => step.wasted).length,
    cycles: steps.at(-1)?.cyclesSoFar ?? 0,
    steps,
    registers: builder.registers,
    physicalAddress: hex(physical),
    pageSize: ['4K', '2M', '1G'][(setUp.layers.at(-1)?.leaf ?? 1) - 1],
    faultLayer: setUp.faultAt === null ? null : (steps.at(-1)?.layer ?? null)
  }
}

/** Walk caches know these steps: the walk leaves them, and what only served them, out. */
export function spared(record: WalkRecord, keep: (step: WalkStep) => HitLevel | 'left out'): WalkRecord {
  let cycles = 0
  const steps = record.steps.flatMap((step): WalkStep[] => {
    const hit = keep(step)
    if (hit === 'left out') return []
    const isCacheHit = hit === 'PWC' || hit === 'NTLB'
    cycles += LATENCY[hit]
    return [{ ...step, hit, cycles: LATENCY[hit], cyclesSoFar: cycles, entry: isCacheHit ? '' : step.entry }]
  })
  const numbered = steps.map((step, i) => ({ ...step, n: i + 1 }))
  const references = numbered.filter(isRead).length
  return { ...record, steps: numbered, references, criticalReferences: references, cycles }
}

const stack = (modes: string, leaf = 1, levels = 4): LayerSetUp[] =>
  [...modes].map((mode, k) => layer(`L${k}` as LayerName, mode as LayerMode, levels, leaf))

/** The walks of the reference table, 4 KiB pages: their names say design and environment. */
export const nativeRadix = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('R'), ...changes })
export const nativeDmt = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('D'), ...changes })
export const dmt = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('DD'), ...changes })
export const pvdmt = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('DP'), ...changes })
export const nestedShadow = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: [layer('L0'), layer('L2')], ...changes })
export const nestedRadix3d = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('RRR'), ...changes })
export const nestedDmt = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('DDD'), ...changes })
export const nestedPvdmt = (changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack('DPP'), ...changes })
/** Each layer by its letter, lowest first: R radix, D register, P cooperative register. */
export const coverage = (modes: string, changes: Partial<WalkSetUp> = {}): WalkRecord =>
  aWalk({ layers: stack(modes), ...changes })
/** Radix at every layer with one leaf level each, lowest first. */
export const mixedSizes = (leaves: readonly number[], levels = 4): WalkRecord =>
  aWalk({ layers: leaves.map((leaf, k) => layer(`L${k}` as LayerName, 'R', levels, leaf)) })
