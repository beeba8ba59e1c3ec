/**
 * One call for machine-contiguous frames, step by step through the layers (steps.ts). Each step that leaves
 * something behind says how to take it back, so a failure at any of them leaves every layer as it was.
 */
import { formatAddress, pagesPerEntry, type Page } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { NO_VM } from '../../hardware/registers/gtea-table'
import type { CallLog, Message } from '../calls/call-log'
import type { Layer } from '../layer'
import { contiguousFrames, type HeldGrant } from './grant'
import { NO_SUCH_CALL, type GteaHost } from './gtea-host'
import { stepsFrom, type Step } from './steps'

export interface Answer {
  readonly grant: HeldGrant | null
  /** Why it was denied; null when it was granted. */
  readonly denied: string | null
}

export class Cascade {
  private readonly host: GteaHost
  private readonly l0: Layer
  /** L1, where it asks for its guest. */
  private readonly between: Layer | null
  private readonly undo: (() => void)[] = []
  /** By the hypervisor that maps the window. */
  private readonly windows: Page[] = []
  private base = -1
  private readonly ids: number[] = []
  private l1HasCalled = false
  private hasResumed = false
  private readonly calls: CallLog
  /** What the asker said, and what L1 said for it: each is charged when the call is over. */
  private asked: Message | null = null
  private askedByL1: Message | null = null

  private readonly frames: number
  private readonly asks: string

  constructor(
    private readonly asker: Layer,
    wanted: number
  ) {
    this.host = asker.host
    this.calls = asker.ledger.calls
    this.l0 = asker.stackUp(0)
    this.frames = this.l0.hypercalls.windows.wholePages(wanted)
    this.between = asker.index === 2 ? asker.stackUp(1) : null
    this.asks = `allocate ${contiguousFrames(this.frames)}`
  }

  run(): Answer {
    const request = { asker: this.asker.index, title: this.asks, frames: this.frames }
    return this.calls.within(
      request,
      () => this.steps(),
      ({ denied }) => ({ result: denied === null ? 'granted' : 'denied', outcome: denied ?? 'granted' })
    )
  }

  private steps(): Answer {
    for (const step of stepsFrom(this.asker.index)) {
      const denied = this.perform(step) ?? this.injected(step)
      if (denied !== null) return this.unwind(step, denied)
    }
    const grant = this.asGrant()
    this.host.hold({ grant, asker: this.asker })
    this.log(null)
    return { grant, denied: null }
  }

  /** Null, or why the call fails here. */
  private perform(step: Step): string | null {
    switch (step) {
      case 'call':
        return this.call()
      case 'reflect':
        return this.reflect()
      case 'reserve-windows':
        return this.reserveWindows()
      case 'allocate':
        return this.allocate()
      case 'map-l1-window':
        return this.mapWindow(this.l0, this.base)
      case 'grant':
        return this.enter(1, this.between === null ? NO_VM : 2)
      case 'map-l2-window':
        return this.mapWindow(this.asker.stackUp(1), this.windows[0])
      case 'delegate':
        return this.enter(2, NO_VM)
      case 'resume':
        return this.resume()
    }
  }

  private injected(step: Step): string | null {
    if (this.host.failAt !== step) return null
    this.host.failAt = null
    return `a failure injected at ${step}`
  }

  private call(): string | null {
    this.l0.exits.hypercall(this.asker.index)
    this.asked = this.calls.say(this.asker.index, 0, this.asks)
    return Number.isSafeInteger(this.frames) && this.frames > 0 ? null : 'that is no number of frames'
  }

  /** L1 asks L0 in the name of its guest, if it knows that L0 will hear it. */
  private reflect(): string | null {
    this.l0.exits.reflect()
    this.calls.say(0, 1, 'reflected: L1 owns this call')
    if (this.between?.hypercalls.isSupported === false) return NO_SUCH_CALL
    this.l0.exits.hypercall(1)
    this.l1HasCalled = true
    this.askedByL1 = this.calls.say(1, 0, `allocate ${counted(this.frames, 'frame')} for L2`)
    return null
  }

  private reserveWindows(): null {
    for (let k = 0; k < this.asker.index; k++) {
      const { windows } = this.asker.stackUp(k).hypercalls
      const window = windows.reserve(this.frames)
      this.windows.push(window)
      this.undo.push(() => windows.release(window, this.frames))
      this.calls.say(k, k, `reserves a window of L${k + 1} at ${formatAddress(window)}`)
    }
    return null
  }

  private allocate(): string | null {
    const { l0, frames } = this
    const vms = this.between === null ? [1] : [1, 2]
    const refusal = this.host.refusal(frames, vms)
    if (refusal !== null) return refusal
    this.base = l0.allocateArea(frames, pagesPerEntry(l0.windowLevel))
    if (this.base < 0) return `the longest free run is ${formatCount(l0.frames.largestRun())}`
    this.undo.push(() => l0.releaseArea(this.base as never, frames))
    this.calls.say(0, 0, `takes ${counted(frames, 'machine frame')} from ${formatAddress(this.base)} on`)
    return null
  }

  private mapWindow(hypervisor: Layer, base: number): null {
    const { windows } = hypervisor.hypercalls
    const window = this.windows[hypervisor.index]
    windows.map(window, base, this.frames)
    this.undo.push(() => {
      windows.unmap(window, this.frames)
      hypervisor.shootdown()
    })
    const guest = hypervisor.index + 1
    this.calls.say(hypervisor.index, guest, `maps the window of L${guest} to them`)
    return null
  }

  private enter(vm: number, delegate: number): string | null {
    const { gteas } = this.host
    const id = gteas.grant(this.base, this.frames, vm, delegate)
    if (id < 0) return 'the table of gTEAs is full'
    this.ids.push(id)
    this.calls.say(0, vm, `${vm === 2 && this.between ? 'delegated' : 'granted'}: ID ${id} is L${vm}’s`)
    this.undo.push(() => gteas.revoke(id))
    return null
  }

  private resume(): null {
    if (this.between !== null) {
      this.l0.exits.resume()
      this.calls.say(1, 0, 'resumes L2')
    }
    this.hasResumed = true
    this.calls.say(0, this.asker.index, `resumed with ID ${this.ids.at(-1)}`)
    return null
  }

  /** Every layer takes back what it did, the last first. L2 is resumed with the error. */
  private unwind(step: Step, denied: string): Answer {
    const { calls } = this
    if (calls.current !== null) calls.current.wasDenied = true
    calls.say(0, this.l1HasCalled ? 1 : this.asker.index, `denied: ${denied}`, true)
    // L1 has its grant already when its own part fails: it gives it back by a call more.
    if (this.between !== null && this.ids.length > 0) {
      this.l0.exits.hypercall(1)
      this.l0.ledger.charge(this.l0.costs.hypercall)
      calls.say(1, 0, 'gives its grant back')
    }
    for (const undo of this.undo.reverse()) undo()
    if (this.undo.length > 0) calls.say(0, 0, 'takes back what it did')
    if (this.between !== null && step !== 'call' && !this.hasResumed) {
      this.l0.exits.resume()
      calls.say(1, 0, 'resumes L2 with the error')
    }
    this.log(denied)
    return { grant: null, denied }
  }

  private asGrant(): HeldGrant {
    const { frames, windows, ids } = this
    const first: HeldGrant = { id: ids[0], window: windows[0], frames, owner: 1, below: null }
    return this.between === null ? first : { id: ids[1], window: windows[1], frames, owner: 2, below: first }
  }

  /** One row for what each layer asked, and one for what the one below it answered. */
  private log(denied: string | null): void {
    const { frames, l0, between, asker } = this
    const size = contiguousFrames(frames)
    if (denied !== null) {
      l0.ledger.count('hypercallsDenied')
      l0.event('gtea-deny', `denied ${counted(frames, 'frame')}: ${denied}`, frames, 0)
    }
    const passes: readonly [Layer, Layer][] =
      between === null
        ? [[l0, asker]]
        : [
            [l0, between],
            [between, asker]
          ]
    for (const [provider, guest] of passes) {
      if (denied === null) provider.event('gtea-grant', `granted ${size} to L${guest.index}`, frames, 0)
      if (guest === between && !this.l1HasCalled) continue
      const answer = denied === null ? 'granted' : 'denied'
      guest.event('hypercall', `asked for ${size}, ${answer}`, frames, guest.hypercalls.callCycles)
      this.calls.book(guest === between ? this.askedByL1 : this.asked)
    }
  }
}
