/**
 * The calls of one layer to the hypervisor below it, and the windows it maps as a hypervisor itself. Every layer but
 * L0 asks and every layer but the innermost grants, so each has both.
 */
import { formatAddress } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import type { CallLog } from '../calls/call-log'
import type { Layer } from '../layer'
import { Cascade } from './cascade'
import { chain, contiguousFrames, type Grant } from './grant'
import { NO_SUCH_CALL, type Holding } from './gtea-host'
import { Windows } from './windows'

export class Hypercalls {
  readonly windows: Windows
  /** False once a hypervisor has answered that it knows no such call: nobody asks it again. */
  isSupported = true

  constructor(private readonly layer: Layer) {
    this.windows = new Windows(layer)
  }

  /** Asks for n machine-contiguous frames; null when it is denied, and then nothing is left behind. */
  allocate(frames: number): Grant | null {
    if (!this.isSupported) return null
    this.mustHaveHost()
    const { grant, denied } = new Cascade(this.layer, frames).run()
    if (denied === NO_SUCH_CALL)
      for (let k = 1; k <= this.layer.index; k++) this.layer.stackUp(k).hypercalls.isSupported = false
    return grant
  }

  /** The machine frames go back to L0; the window keeps its contents in ordinary frames. */
  revoke(grant: Grant): void {
    const holding = this.owned(grant)
    if (holding === null) return
    this.ending(gaveBack(grant), grant.frames, () => this.end(holding))
  }

  private end(holding: Holding): void {
    for (const held of chain(holding.grant)) {
      const caller = this.layer.stackUp(held.owner)
      caller.hypercalls.bookCall()
      caller.event('gtea-revoke', gaveBack(held), held.frames, caller.hypercalls.callCycles)
      this.calls.say(caller.index, 0, `gives ID ${held.id} back`)
    }
    this.layer.host.end(holding)
    this.layer.host.mover.scatter(holding)
  }

  /**
   * Gives a grant back whose tables have moved elsewhere: no ID, window or machine frame of it remains. The IDs and
   * what registers made of them end before any frame is freed.
   */
  giveBack(grant: Grant): void {
    const holding = this.owned(grant)
    if (holding === null) return
    this.ending(gaveBack(grant), grant.frames, () => {
      this.layer.host.end(holding)
      this.layer.event('gtea-revoke', gaveBack(grant), grant.frames, 0)
      this.calls.say(this.layer.index, this.layer.index, `ID ${grant.id} ends`)
      this.closeWindow(grant.window, grant.frames)
    })
  }

  /** Ends a window whose tables have moved elsewhere. */
  closeWindow(window: number, frames: number): void {
    this.ending(`a window of ${counted(frames, 'frame')} ends`, frames, () => {
      this.bookCall()
      this.layer.ledger.charge(this.callCycles)
      this.calls.say(this.layer.index, 0, `end the window at ${formatAddress(window)}`)
      this.mustHaveHost().hypercalls.dropWindow(window, frames)
    })
  }

  /** Cycles of a call: what L2 calls is reflected to L1, and L1's part is its own. */
  get callCycles(): number {
    return this.layer.index === 1 ? this.layer.costs.hypercall : this.layer.costs.nestedExit
  }

  private get calls(): CallLog {
    return this.layer.ledger.calls
  }

  /** A conversation in which a grant, or what is left of one, ends. */
  private ending(title: string, frames: number, work: () => void): void {
    const request = { asker: this.layer.index, title, frames }
    this.calls.within(request, work, () => ({ result: 'revoked', outcome: title }))
  }

  private owned(grant: Grant): Holding | null {
    return this.layer.host.owned(grant.id, this.layer.index, grant.window)
  }

  private mustHaveHost(): Layer {
    if (this.layer.below === null) throw new Error('Hypercalls: L0 has no layer below it to ask')
    return this.layer.below
  }

  /** One exit from L1; from L2 one that L0 reflects, and L1's resume. */
  private bookCall(): void {
    const { exits, index } = this.layer
    exits.hypercall(index)
    if (index === 1) return
    exits.reflect()
    exits.resume()
  }

  private dropWindow(window: number, frames: number): void {
    const { layer } = this
    const whole = this.windows.wholePages(frames)
    const old = this.windows.unmap(window, whole)
    this.windows.release(window, whole)
    layer.shootdown()
    this.calls.say(layer.index, layer.index, `unmaps ${counted(old.length, 'frame')}`)
    if (old.length > 0 && old[0] >= layer.frames.frames) this.closeWindow(old[0], old.length)
    else for (const f of old) layer.releaseTable(f)
  }
}

const gaveBack = ({ frames }: Grant): string => `gave back ${contiguousFrames(frames)}`
