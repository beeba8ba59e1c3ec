/** Which address a step takes its index from, and how that address falls into indices and an offset. */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { isUsefulLeaf, readsServed } from './step-place'

const OFFSET_BITS = 12n
const INDEX_BITS = 9n
const FRAME_MASK = 0x000f_ffff_ffff_f000n

/** Bits below the index of `level`: 12 at level 1, 21 at level 2, ... */
const lowBits = (level: number): bigint => OFFSET_BITS + INDEX_BITS * BigInt(level - 1)

const withoutPrefix = (hex: string): string => hex.replace(/^0x/, '')

export const readHex = (hex: string): bigint => BigInt('0x' + (withoutPrefix(hex) || '0'))

/** The frame an entry points to, as an address. */
export const entryTarget = (entry: string): bigint => readHex(entry) & FRAME_MASK

/** Where a leaf entry sends `input`: its frame, and the bits below its level unchanged. */
export function through(leaf: WalkStep, input: bigint): bigint {
  const low = (1n << lowBits(leaf.level)) - 1n
  return (entryTarget(leaf.entry) & ~low) | (input & low)
}

/** Null where a walk cache gave the table's machine address and its own is not known. */
const entryAddress = (reader: WalkStep): bigint | null =>
  reader.tableAddress === '' ? null : readHex(reader.tableAddress) + 8n * BigInt(reader.index)

/** Reads of the layers above in the stack, on whose result this step's layer translates on. */
const readsAbove = (record: WalkRecord, step: WalkStep): WalkStep[] =>
  record.steps.filter((s) => s.n < step.n && s.layer > step.layer && s.for === step.for && !s.wasted)

const readServed = (record: WalkRecord, step: WalkStep): WalkStep | undefined =>
  record.steps.find((s) => s.n > step.n && readsServed(step)[0] === `${s.layer} level ${s.level}`)

/**
 * The address `step` looks up, in the space its layer translates from. Null when the walk does not tell: the
 * entry it comes from was known to a walk cache, or was never reached.
 */
export function inputAddress(record: WalkRecord, step: WalkStep): bigint | null {
  const above = readsAbove(record, step)
  if (above.length > 0) {
    const leaf = above.findLast(isUsefulLeaf)
    const input = leaf ? inputAddress(record, leaf) : null
    return leaf && input !== null ? through(leaf, input) : null
  }
  if (step.for === 'data') return readHex(record.address)
  const served = readServed(record, step)
  return served ? entryAddress(served) : null
}

export interface AddressPart {
  /** `20–12` */
  readonly bits: string
  /** Index, decimal; the offset in hex. */
  readonly value: string
  readonly width: number
  readonly isInUse: boolean
}

function part(
  address: bigint,
  from: bigint,
  to: bigint,
  value: (bits: bigint) => string,
  isInUse: boolean
): AddressPart {
  const width = from - to + 1n
  const bits = (address >> to) & ((1n << width) - 1n)
  return { bits: `${from}–${to}`, value: value(bits), width: Number(width), isInUse }
}

/** The indices from `root` down to `leaf` level, then the page offset; the one read at `inUse` is marked. */
export function addressParts(address: bigint, root: number, leaf: number, inUse: number): AddressPart[] {
  const levels = Array.from({ length: root - leaf + 1 }, (_, i) => root - i)
  const indices = levels.map((level) =>
    part(
      address,
      lowBits(level) + INDEX_BITS - 1n,
      lowBits(level),
      (bits) => bits.toString(),
      level === inUse
    )
  )
  return [...indices, part(address, lowBits(leaf) - 1n, 0n, (bits) => '0x' + bits.toString(16), false)]
}

/** Root and leaf level of the tables that the layer of `step` is walked through for the same purpose. */
export function levelSpan(
  record: WalkRecord,
  step: WalkStep,
  layer: LayerName = step.layer
): { root: number; leaf: number } {
  const levels = record.steps.filter((s) => s.layer === layer && s.for === step.for).map((s) => s.level)
  const everywhere = record.steps.filter((s) => s.layer === layer).map((s) => s.level)
  return { root: Math.max(4, ...everywhere), leaf: Math.min(3, ...levels) }
}
