/** What a lane does where its TLB has no answer: walks, has faults served, fills the TLB, and keeps the books of it. */
import { pageFrom } from '@shared/address/address'
import { FETCH } from '@shared/model/access'
import { COUNTER_INDEX } from '@shared/stats/counters'
import { hitOf, type Walk } from '../hardware/walker/walk'
import { T_STEPS } from './lane-tally'
import { metaOf, permissionOf, shiftOf } from './leaf-meta'
import type { Machine } from './machine'
import { WalkLog } from './walk-log'
import { WalkPatterns } from './walk-patterns'
import { WalkSamples } from './walk-samples'

/** A fault is served and the walk tried again; more tries than layers x levels mean a defect. */
const MOST_TRIES = 64
/**
 * Where areas are ranked, one walk of 16 is a sample: those whose number times 2^32 / golden ratio has its upper bits
 * zero, because a stream whose period 16 divides would show the same area at every 16th walk.
 */
const isSample = (walk: number): boolean => Math.imul(walk, 0x9e3779b1) >>> 28 === 0

export class MissPath {
  readonly log: WalkLog
  readonly patterns = new WalkPatterns()
  readonly samples: WalkSamples
  walksEver = 0
  /** Of the page reached last. */
  permission = 0
  /** Walks of the style `artifact` are over pages that are mapped: faults come before. */
  private readonly mapsFirst: boolean
  /** Registers go to the areas that walks ask for most, so the kernel samples walks. */
  private readonly samplesWalks: boolean

  constructor(
    private readonly machine: Machine,
    private readonly tally: Int32Array
  ) {
    this.log = new WalkLog(machine.walk)
    this.samples = new WalkSamples(machine.walk, this.log, this.patterns)
    this.mapsFirst = machine.spec.pwc.style === 'artifact'
    this.samplesWalks = machine.spec.dmt.policy === 'ranked'
  }

  /** A TLB miss at access `reference`: walk, serve, walk again, fill the TLB. Returns the machine frame. */
  miss(kind: number, high: number, low: number, offset: number, reference: number): number {
    const { machine } = this
    const { walk } = machine
    if (this.mapsFirst) this.upgrade(kind, high, low, reference)
    let firstFault = -1
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      walk.begin()
      const frame = machine.stage.translate(high, low, kind)
      if (frame >= 0) {
        const isNew = this.bookWalk(high, low)
        this.log.add(this.walksEver, reference, kind, high, low, offset, frame, machine.cpu.space.serial)
        this.samples.add(isNew)
        if (firstFault >= 0) this.samples.addFaulted(firstFault, reference)
        const meta = metaOf(walk)
        this.permission = permissionOf(meta)
        const { context } = machine
        machine.tlb.fill(kind === FETCH, high, low, context, frame, shiftOf(walk.leafLevel), meta)
        return frame
      }
      this.bookFault()
      if (firstFault < 0) firstFault = walk.faultLayer
      this.log.add(this.walksEver + 1, reference, kind, high, low, offset, -1, machine.cpu.space.serial)
      this.serveFault(walk, kind, reference)
    }
    throw new Error(`MissPath: page ${pageFrom(high, low)} still faults after ${MOST_TRIES} tries`)
  }

  /**
   * A hit that does not allow the access yet: the first store to a clean page sets its dirty bit (an assist,
   * neither a reference nor a walk), and an access against the permissions faults first.
   */
  upgrade(kind: number, high: number, low: number, reference: number): number {
    const { machine } = this
    const walk = machine.assistWalk
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      walk.begin()
      const frame = machine.assistStage.translate(high, low, kind)
      if (frame >= 0) {
        const meta = metaOf(walk)
        this.permission = permissionOf(meta)
        machine.tlb.setMeta(high, low, machine.context, shiftOf(walk.leafLevel), meta)
        return frame
      }
      machine.ledger.count('faultingWalks')
      this.serveFault(walk, kind, reference)
    }
    throw new Error(
      `MissPath: page ${pageFrom(high, low)} still refuses the access after ${MOST_TRIES} tries`
    )
  }

  private serveFault(walk: Walk, kind: number, reference: number): void {
    const { machine } = this
    machine.ledger.reference = reference
    machine.stack.serve(walk, pageFrom(walk.faultHigh, walk.faultLow), kind)
  }

  /** Whether no walk before was of its pattern. */
  private bookWalk(high: number, low: number): boolean {
    const { walk, ledger } = this.machine
    const counters = ledger.counters
    this.walksEver++
    counters[WALKS]++
    counters[WALK_REFERENCES] += walk.references
    counters[WALK_CRITICAL] += walk.criticalReferences
    counters[WASTED] += walk.wastedReferences
    counters[WALK_CYCLES] += walk.cycles
    counters[MATCHES] += walk.registerMatches
    counters[FALSE_MATCHES] += walk.falseMatches
    if (this.machine.design.info.hasRegisters) this.bookCoverage(counters, high, low)
    const tally = this.tally
    for (let n = walk.start; n < walk.end; n++) tally[T_STEPS + hitOf(walk.steps[n])]++
    return this.patterns.add(walk)
  }

  private bookCoverage(counters: Float64Array, high: number, low: number): void {
    const { walk, modes, stack } = this.machine
    if (walk.fellBack || modes.includes('R')) {
      counters[FALLBACK_WALKS]++
    } else {
      counters[DMT_WALKS]++
      counters[DMT_REFERENCES] += walk.references
    }
    if (this.samplesWalks && isSample(this.walksEver)) stack.inner.space.teas.noteWalk(pageFrom(high, low))
  }

  private bookFault(): void {
    const { walk, ledger } = this.machine
    ledger.count('faultingWalks')
    ledger.count('faultingWalkReferences', walk.references)
    ledger.count('faultingWalkCycles', walk.cycles)
  }
}

const WALKS = COUNTER_INDEX.walks
const WALK_REFERENCES = COUNTER_INDEX.walkReferences
const WALK_CRITICAL = COUNTER_INDEX.walkCriticalReferences
const WASTED = COUNTER_INDEX.wastedReferences
const WALK_CYCLES = COUNTER_INDEX.walkCycles
const MATCHES = COUNTER_INDEX.registerMatches
const FALSE_MATCHES = COUNTER_INDEX.falseMatches
const FALLBACK_WALKS = COUNTER_INDEX.fallbackWalks
const DMT_WALKS = COUNTER_INDEX.dmtWalks
const DMT_REFERENCES = COUNTER_INDEX.dmtWalkReferences
