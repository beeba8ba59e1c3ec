/**
 * ChampSim's `input_instr`: 64 bytes little-endian for each retired instruction, no header.
 *
 *    0  8 instruction pointer    8  1 is a branch    9  1 branch taken   10  6 registers
 *   16  2 x 8 addresses stored to, 0 where unused   32  4 x 8 addresses loaded from, 0 where unused
 *
 * An instruction is its fetch, then its loads, then its stores. Sizes are not recorded: 4 bytes are assumed for a
 * fetch and 8 for data. Addresses are virtual and may lie in the upper half.
 */
import { FETCH, LOAD, STORE, type AccessBatch, type AccessKind } from '@shared/model/access'
import { assumedSize, placeAddress } from './place-access'
import { TraceCounts } from './trace-counts'
import type { Levels, TraceFormat, TraceParser } from './trace-format'
import { WholeRecords } from './whole-records'

const RECORD_BYTES = 64
const FETCH_BYTES = 4
const DATA_BYTES = 8

interface Slot {
  readonly at: number
  readonly kind: AccessKind
}
const slots = (kind: AccessKind, first: number, count: number): Slot[] =>
  Array.from({ length: count }, (_, i) => ({ at: first + 8 * i, kind }))
const SLOTS: readonly Slot[] = [...slots(FETCH, 0, 1), ...slots(LOAD, 32, 4), ...slots(STORE, 16, 2)]

export const champsim: TraceFormat = {
  info: {
    id: 'champsim',
    title: 'ChampSim, 64-byte records',
    summary: 'Every instruction with the addresses it loaded from and stored to.',
    isSampled: false,
    sizes: 'assumed',
    caveats: ['Sizes are not recorded: 4 bytes are assumed for a fetch and 8 for data.'],
    recording: {
      needs: 'Intel Pin and ChampSim’s tracer; Debian has no packages of them',
      commands: [
        'pin -t obj-intel64/champsim_tracer.so -o PROGRAM.champsim -s 100000 -t 200000 -- PROGRAM',
        'xz PROGRAM.champsim'
      ],
      notes: ['Published traces of SPEC and GAP in this format are read as they are.']
    }
  },
  sniff: (firstBytes) => looksLikeInstructions(firstBytes, CHAMPSIM_LAYOUT),
  parser: (levels) => new ChampsimParser(levels)
}

/** Where a record keeps what tells it from noise. */
export interface InstructionLayout {
  readonly bytes: number
  /** Of all 8-byte addresses, the instruction pointer first. */
  readonly addresses: readonly number[]
}

const CHAMPSIM_LAYOUT: InstructionLayout = { bytes: RECORD_BYTES, addresses: SLOTS.map(({ at }) => at) }
/** Of CloudSuite, whose records have more registers and two address-space ids. */
export const CLOUDSUITE_LAYOUT: InstructionLayout = {
  bytes: 96,
  addresses: [0, 24, 32, 40, 48, 56, 64, 72, 80]
}

/** Nearly all records must be plausible: a few bad ones do not make a trace another format. */
const LEAST_PLAUSIBLE = 15 / 16

/** True when the records have branch flags of 0 or 1 and addresses that a processor would take. */
export function looksLikeInstructions(firstBytes: Uint8Array, layout: InstructionLayout): boolean {
  const records = Math.floor(firstBytes.length / layout.bytes)
  if (records === 0) return false
  const view = new DataView(firstBytes.buffer, firstBytes.byteOffset, firstBytes.length)
  let plausible = 0
  for (let i = 0; i < records; i++) if (isPlausible(view, i * layout.bytes, layout)) plausible++
  return plausible >= records * LEAST_PLAUSIBLE
}

function isPlausible(view: DataView, start: number, { addresses }: InstructionLayout): boolean {
  if (view.getUint8(start + 8) > 1 || view.getUint8(start + 9) > 1) return false
  if (view.getUint32(start, true) === 0 && view.getUint32(start + 4, true) === 0) return false
  return addresses.every((at) => isCanonical(view.getUint32(start + at + 4, true)))
}

/** Bits 57 to 63 are equal to bit 56. */
const isCanonical = (upper: number): boolean => upper >>> 24 === 0 || upper >>> 24 === 0xff

class ChampsimParser implements TraceParser {
  readonly counts = new TraceCounts()
  private readonly records = new WholeRecords(RECORD_BYTES)
  /** The first slot of the record at hand that has not been looked at. */
  private slot = 0
  private number = 0

  constructor(private readonly levels: Levels) {}

  push(chunk: Uint8Array): void {
    this.records.push(chunk)
  }

  finish(): void {
    const { leftBytes } = this.records
    if (leftBytes > 0) this.counts.addBad(`the last record has ${leftBytes} of ${RECORD_BYTES} bytes`)
    this.records.push(new Uint8Array(0))
  }

  fill(batch: AccessBatch, from: number, to: number): number {
    const { records } = this
    let at = from
    while (at < to && records.position < records.end) {
      if (this.slot === 0 && !this.begin()) records.position += RECORD_BYTES
      else if (this.writeSlot(batch, at)) at++
    }
    return at
  }

  /** Counts the record at hand; false when it is none. */
  private begin(): boolean {
    const { view, position } = this.records
    this.number++
    if (view.getUint32(position, true) === 0 && view.getUint32(position + 4, true) === 0) {
      this.counts.addBad(`record ${this.number}: the instruction pointer is 0`)
      return false
    }
    this.counts.records++
    return true
  }

  /** Goes one slot on; true when it held an access. */
  private writeSlot(batch: AccessBatch, at: number): boolean {
    const { records, levels } = this
    const slot = SLOTS[this.slot]
    const lower = records.view.getUint32(records.position + slot.at, true)
    const upper = records.view.getUint32(records.position + slot.at + 4, true)
    this.slot++
    if (this.slot === SLOTS.length) {
      this.slot = 0
      records.position += RECORD_BYTES
    }
    if (lower === 0 && upper === 0) return false
    placeAddress(batch, at, upper, lower, levels)
    batch.kind[at] = slot.kind
    batch.size[at] = assumedSize(slot.kind === FETCH ? FETCH_BYTES : DATA_BYTES, lower)
    this.count(slot.kind)
    return true
  }

  private count(kind: AccessKind): void {
    if (kind === FETCH) this.counts.fetches++
    else if (kind === STORE) this.counts.stores++
    else this.counts.loads++
  }
}
