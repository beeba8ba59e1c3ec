/**
 * Why a lane's emulated walks cost other than the paper's formula says: reasons in numbers that the two lanes
 * measured. Cycles of a walk split exactly, with C the critical references of a walk and e its cycles for each of
 * them, T the latencies that the formula adds, f the cycles it gives to each and K what it adds to them:
 *
 *   C e - (T f + K) = (C - T) e + T (e - f) - K
 *
 * A design without a formula is told from the radix lane in the same way.
 */
import { capital } from '../format/capital'
import { formatCount, formatFixed, MINUS } from '../format/number'
import type { RunFormula } from '../model/result'
import type { PaperEnvironment } from './designs'
import {
  critical,
  latencyFacts,
  ratio,
  readFacts,
  two,
  when,
  type Other,
  type Pair
} from './difference-facts'
import { perWalk, type LaneFacts } from './lane-facts'
import { formulaTerms, paperDesignOf } from './terms'

export type ReasonId = 'reads' | 'latency' | 'constant' | 'baseline' | 'software'

export interface Reason {
  readonly id: ReasonId
  /** Its part of the difference in cycles per walk; null for what is no part of it. */
  readonly cycles: number | null
  readonly text: string
  /** Measured facts that go with it. */
  readonly because: readonly string[]
}

export interface Difference {
  /** Cycles per walk. */
  readonly emulated: number
  /** Null where the paper has no formula for the design in this environment. */
  readonly formula: number | null
  /** Those with the largest part first, then those that are no part. */
  readonly reasons: readonly Reason[]
}

/** Parts of opposite sign cancel where both are so many times their sum. */
const CANCEL = 2
/** Cycles that would read as 0.0. */
const LEAST = 0.05

const one = (value: number): string => formatFixed(value, 1)

/** `+12.3` or `−4.0`, of cycles. */
const signedCycles = (cycles: number): string => (cycles < 0 ? MINUS : '+') + one(Math.abs(cycles))

/** Cycles of a walk for each read it waits for, look-ups before it included. */
const cyclesOfRead = (lane: LaneFacts): number => ratio(lane.derived.cyclesPerWalk, critical(lane))

function readsReason(pair: Pair): Reason {
  const { own, other } = pair
  const reads = critical(own)
  const theirs = other.isFormula
    ? `the formula adds ${formatCount(other.terms)} latencies`
    : `the radix lane waits for ${two(other.terms)}`
  return {
    id: 'reads',
    cycles: (reads - other.terms) * cyclesOfRead(own),
    text: `a walk waits for ${two(reads)} reads, where ${theirs}`,
    because: readFacts(pair)
  }
}

function latencyReason(pair: Pair): Reason {
  const { own, other } = pair
  const [mine, theirs] = [cyclesOfRead(own), ratio(other.cycles - other.constant, other.terms)]
  const whose = other.isFormula ? 'the formula gives a latency' : 'one of the radix lane takes'
  return {
    id: 'latency',
    cycles: other.terms * (mine - theirs),
    text:
      mine === 0
        ? 'its walks cost nothing'
        : `a read takes ${one(mine)} cycles with what is looked up before it, where ${whose} ${one(theirs)}`,
    because: mine === 0 ? readFacts(pair) : latencyFacts(pair)
  }
}

/** Two parts that mostly cancel are told as one: walk caches spare a walk steps that the formula counts at next to nothing. */
function readParts(pair: Pair): Reason[] {
  const [reads, latency] = [readsReason(pair), latencyReason(pair)]
  const [a, b] = [reads.cycles ?? 0, latency.cycles ?? 0]
  if (a * b >= 0 || Math.min(Math.abs(a), Math.abs(b)) < CANCEL * Math.abs(a + b)) return [reads, latency]
  const text = `${reads.text}; ${latency.text}`
  return [{ id: 'reads', cycles: a + b, text, because: [...reads.because, ...latency.because] }]
}

const constantReason = ({ constant }: Other): Reason => ({
  id: 'constant',
  cycles: -constant,
  text: `the formula adds ${formatCount(constant)} cycles to every walk, whatever it meets`,
  because: []
})

/** The formula’s own baseline may not be the radix lane that ran. */
function baselineReason(radix: LaneFacts, formula: RunFormula, isOwn: boolean): Reason {
  const [emulated, computed] = [radix.derived.cyclesPerWalk, formula.cyclesPerWalk.vanilla ?? 0]
  const left = radix.counters.walks - formula.walks
  return {
    id: 'baseline',
    cycles: isOwn ? emulated - computed : null,
    text: `the radix lane itself takes ${one(emulated)} cycles per walk, the formula ${one(computed)} from latencies of the artifact’s machine`,
    because: when(left > 0, () => `${formatCount(left)} walks with leaves of another size are left out of it`)
  }
}

function softwareReason({ own, radix }: Pair): Reason[] {
  const [mine, theirs] = [perWalk(own, 'softwareCycles'), perWalk(radix, 'softwareCycles')]
  const exits = own.counters.vmExits - radix.counters.vmExits
  if (Math.abs(mine - theirs) < LEAST) return []
  return [
    {
      id: 'software',
      cycles: null,
      text: `work of system software, such as faults and hypercalls, is no part of a walk: ${one(mine)} cycles per walk beside it, ${one(theirs)} in the radix lane`,
      because: when(
        exits !== 0,
        () =>
          `${formatCount(own.counters.vmExits)} VM exits, ${formatCount(radix.counters.vmExits)} in the radix lane`
      )
    }
  ]
}

const bySize = (a: Reason, b: Reason): number => Math.abs(b.cycles ?? 0) - Math.abs(a.cycles ?? 0)
const counts = ({ cycles }: Reason): boolean => cycles === null || Math.abs(cycles) >= LEAST

function otherOf(
  own: LaneFacts,
  radix: LaneFacts,
  formula: RunFormula,
  environment: PaperEnvironment
): Other {
  const design = paperDesignOf(own.design)
  const cycles = design === null ? undefined : formula.cyclesPerWalk[design]
  const terms = design === null ? null : formulaTerms(design, environment, formula.pages)
  if (cycles === undefined || terms === null)
    return { isFormula: false, cycles: radix.derived.cyclesPerWalk, terms: critical(radix), constant: 0 }
  return { isFormula: true, cycles, ...terms }
}

/** @param radix the lane whose walks the formula read */
export function difference(
  own: LaneFacts,
  radix: LaneFacts,
  formula: RunFormula,
  environment: PaperEnvironment
): Difference {
  const other = otherOf(own, radix, formula, environment)
  const emulated = own.derived.cyclesPerWalk
  if (paperDesignOf(own.design) === 'vanilla') {
    const reason = baselineReason(own, formula, true)
    return { emulated, formula: other.cycles, reasons: [reason].filter(counts) }
  }
  const pair = { own, radix, other }
  const parts = [...readParts(pair), constantReason(other)].filter(counts).sort(bySize)
  const isOff = Math.abs(radix.derived.cyclesPerWalk - (formula.cyclesPerWalk.vanilla ?? 0)) >= LEAST
  const base = other.isFormula && isOff ? [baselineReason(radix, formula, false)] : []
  return {
    emulated,
    formula: other.isFormula ? other.cycles : null,
    reasons: [...parts, ...base, ...softwareReason(pair)]
  }
}

function reasonText({ cycles, text, because }: Reason): string {
  const part = cycles === null ? '' : ` (${signedCycles(cycles)})`
  return `${capital(text)}${part}${because.length > 0 ? `: ${because.join('; ')}` : ''}.`
}

const NO_FORMULA = 'The paper has no formula for it here'

/** One text: what was emulated, what the formula says, and why they differ. */
export function differenceText({ emulated, formula, reasons }: Difference): string {
  const opening =
    formula === null
      ? `${NO_FORMULA}. Emulated ${one(emulated)} cycles per walk; against the radix lane:`
      : `Emulated ${one(emulated)} cycles per walk, formula ${one(formula)}, ${signedCycles(emulated - formula)}.`
  return [opening, ...reasons.map(reasonText)].join(' ')
}
