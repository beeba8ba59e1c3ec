/**
 * The balloon of one VM: its hypervisor asks for frames, the guest gives up free ones, and the hypervisor takes the
 * frames behind them back. Pages of windows hold tables that hardware reads by machine address: they are refused.
 */
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { MOVABLE } from '../frames/migrate-type'
import type { Layer } from '../layer'
import { discard } from '../space/unmap'

export class Balloon {
  /** Frames of the guest that are in it. */
  private readonly held: number[] = []

  constructor(
    private readonly hypervisor: Layer,
    private readonly guest: Layer
  ) {
    guest.balloon = this
  }

  /** Looking only. */
  get frames(): readonly number[] {
    return this.held
  }

  get size(): number {
    return this.held.length
  }

  /** Asks for any n frames; how many the guest gave up. */
  inflate(frames: number): number {
    const given: number[] = []
    while (given.length < frames) {
      // Like Linux's, of movable frames: those that the guest's pages just left are the first to go.
      const f = this.guest.frames.allocate(0, MOVABLE)
      if (f < 0) break
      given.push(f)
    }
    return this.take(given, frames - given.length)
  }

  /** Asks for these frames; the guest gives up those that are free. */
  inflateAt(first: number, frames: number): number {
    const given: number[] = []
    for (let f = first; f < first + frames; f++) if (this.guest.frames.allocateAt(f, 1)) given.push(f)
    return this.take(given, frames - given.length)
  }

  /** Gives up to n frames back; memory comes to them when they are touched. */
  deflate(frames: number): number {
    const back = this.held.splice(-Math.min(frames, this.held.length), frames)
    for (const f of back) this.guest.frames.free(f, 0)
    this.hypervisor.event(
      'balloon',
      `gave ${counted(back.length, 'page')} back to L${this.guest.index}`,
      back.length,
      0
    )
    return back.length
  }

  private take(given: readonly number[], refused: number): number {
    const { hypervisor, guest } = this
    const { ledger } = hypervisor
    for (const [start, pages] of runsOf(given)) discard(hypervisor.space, start, pages)
    for (const f of given) this.held.push(f)
    ledger.count('balloonPages', given.length)
    ledger.count('balloonRefusals', refused)
    const answer = refused > 0 ? `, refused ${formatCount(refused)}` : ''
    hypervisor.event(
      'balloon',
      `took ${counted(given.length, 'page')} of L${guest.index}${answer}`,
      given.length,
      0
    )
    return given.length
  }
}

/** Adjacent frames, in the order given. */
function runsOf(frames: readonly number[]): [start: number, count: number][] {
  const runs: [number, number][] = []
  for (const f of frames) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === f) last[1]++
    else runs.push([f, 1])
  }
  return runs
}
