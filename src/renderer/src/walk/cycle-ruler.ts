/** Geometry of the cycle ruler: every lane's walk on one axis in cycles, width is time. */
import { scaleLinear } from 'd3-scale'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { HIT_LOOKS } from './hit-levels'

export interface RulerBlock {
  readonly n: number
  /** Percent of the axis. */
  readonly left: number
  readonly width: number
  readonly css: string
  /** Step number where it fits, else empty. */
  readonly label: string
  readonly isDone: boolean
}

export interface RulerLane {
  readonly blocks: readonly RulerBlock[]
  readonly cycles: number
  readonly end: number
  readonly isFinished: boolean
}

export interface Ruler {
  readonly lanes: readonly (RulerLane | null)[]
  readonly ticks: readonly { readonly value: number; readonly left: number }[]
  readonly playhead: { readonly cycles: number; readonly left: number }
}

/** Percent of the axis that one digit needs at the smallest width the view has. */
const DIGIT_PERCENT = 1.3
/** Cycles of the axis where no walk takes any. */
const SHORTEST = 10
/** Room at the right end for a lane's total. */
const HEADROOM = 1.04
/** A tick nearer to the playhead than this lies under its label. */
const UNDER_LABEL_PERCENT = 7

type Scale = (cycles: number) => number

function block(step: WalkStep, start: number, scale: Scale, now: number): RulerBlock {
  const left = scale(start)
  const width = scale(step.cyclesSoFar) - left
  const label = String(step.n)
  return {
    n: step.n,
    left,
    width,
    css: HIT_LOOKS[step.hit].css,
    label: width >= DIGIT_PERCENT * label.length + 0.8 ? label : '',
    isDone: step.cyclesSoFar <= now
  }
}

/** A step starts where the one before ended, so a register match is part of the read that follows it. */
function lane(record: WalkRecord, scale: Scale, now: number): RulerLane {
  const cycles = record.steps.at(-1)?.cyclesSoFar ?? 0
  const blocks = record.steps.map((step, i) => block(step, record.steps[i - 1]?.cyclesSoFar ?? 0, scale, now))
  return { blocks, cycles, end: scale(cycles), isFinished: cycles <= now }
}

export function cycleRuler(records: readonly (WalkRecord | null)[], now: number): Ruler {
  const longest = Math.max(SHORTEST, ...records.map((record) => record?.steps.at(-1)?.cyclesSoFar ?? 0))
  const axis = scaleLinear([0, longest * HEADROOM], [0, 100]).nice(5)
  const scale: Scale = (cycles) => axis(cycles)
  const playhead = { cycles: now, left: scale(now) }
  const ticks = axis.ticks(5).map((value) => ({ value, left: scale(value) }))
  return {
    lanes: records.map((record) => record && lane(record, scale, now)),
    ticks: ticks.filter((tick) => Math.abs(tick.left - playhead.left) >= UNDER_LABEL_PERCENT),
    playhead
  }
}
