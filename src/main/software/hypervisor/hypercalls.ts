/**
 * Cooperative allocation: a guest asks the layer below for machine-contiguous
 * frames, which hands the request down to L0 and maps the frames it gets as a window into the guest's space.
 * Both ends are here, because every layer but L0 asks and every layer but the innermost grants.
 */
import { page } from '@shared/address/address'
import { formatCount } from '@shared/format/number'
import type { Layer } from '../layer'
import type { Grant } from './grant'

/** Windows begin at guest-physical 1 TiB, or after the guest's memory where that is larger. */
const FIRST_WINDOW = 2 ** 28

export class Hypercalls {
  /** Next free window in the space of the guest this layer runs. */
  private nextWindow = FIRST_WINDOW

  constructor(private readonly layer: Layer) {}

  /** Asks for n machine-contiguous frames; null when it is denied, and then nothing is left behind. */
  allocate(frames: number): Grant | null {
    this.bookCall()
    const provider = this.provider()
    const grant = provider.hypercalls.grant(frames, this.layer.index)
    const cycles = this.callCycles()
    if (grant)
      this.layer.event(
        'hypercall',
        `asked for ${formatCount(frames)} machine-contiguous frames, granted`,
        frames,
        cycles
      )
    else
      this.layer.event(
        'hypercall',
        `asked for ${formatCount(frames)} machine-contiguous frames, denied`,
        frames,
        cycles
      )
    return grant
  }

  /** The machine frames go back to L0; the window keeps its contents in ordinary frames. */
  revoke(grant: Grant): void {
    this.bookCall()
    this.layer.event(
      'gtea-revoke',
      `gave back ${formatCount(grant.frames)} machine-contiguous frames`,
      grant.frames,
      this.callCycles()
    )
    this.provider().hypercalls.takeBack(grant)
  }

  /** Gives a grant back whose tables have moved elsewhere: no ID, window or machine frame of it remains. */
  giveBack(grant: Grant): void {
    for (let g: Grant | null = grant; g !== null; g = g.below) this.layer.gteas.revoke(g.id)
    this.layer.event(
      'gtea-revoke',
      `gave back ${formatCount(grant.frames)} machine-contiguous frames`,
      grant.frames,
      0
    )
    this.closeWindow(grant.window, grant.frames)
  }

  /** Ends a window whose tables have moved elsewhere. */
  closeWindow(window: number, frames: number): void {
    this.bookCall()
    this.layer.ledger.charge(this.callCycles())
    this.provider().hypercalls.dropWindow(window, frames)
  }

  private provider(): Layer {
    if (this.layer.below === null) throw new Error('Hypercalls: L0 has no layer below it to ask')
    return this.layer.below
  }

  /**
   * Exits of one call: from L1 one; from L2 one that L0 reflects to L1, and one when L1 resumes L2 (L1's own
   * call on L2's behalf books itself).
   */
  private bookCall(): void {
    this.layer.ledger.count('hypercalls')
    this.layer.ledger.count('vmExits', this.layer.index === 1 ? 1 : 2)
  }

  private callCycles(): number {
    return this.layer.index === 1 ? this.layer.costs.hypercall : this.layer.costs.nestedExit
  }

  private grant(frames: number, owner: number): Grant | null {
    const layer = this.layer
    const below = layer.below === null ? null : this.allocate(frames)
    const base = layer.below === null ? layer.allocateArea(frames) : (below?.window ?? -1)
    if (base < 0) {
      if (layer.below === null) {
        layer.event(
          'gtea-deny',
          `denied ${formatCount(frames)} frames: the longest free run is ${formatCount(layer.frames.largestRun())}`,
          frames,
          0
        )
      }
      return null
    }
    const window = this.openWindow(base, frames)
    const machineBase = layer.entries.machineFrameOf(base as never)
    const id = layer.gteas.grant(machineBase, frames, owner)
    layer.event(
      'gtea-grant',
      `granted ${formatCount(frames)} machine-contiguous frames to L${owner}`,
      frames,
      0
    )
    return { id, window: page(window), frames, below }
  }

  private openWindow(base: number, frames: number): number {
    const { space } = this.layer
    const window = Math.max(this.nextWindow, space.vmas.end)
    this.nextWindow = window + frames
    space.mapWindow(window, base, frames)
    return window
  }

  private takeBack(grant: Grant): void {
    this.layer.gteas.revoke(grant.id)
    if (grant.below) this.revoke(grant.below)
    else this.moveWindow(grant)
  }

  /** Copies a window into ordinary frames of this layer and frees the contiguous ones. */
  private moveWindow({ window, frames }: Grant): void {
    const layer = this.layer
    const base = layer.space.backing(window)
    for (let i = 0; i < frames; i++) layer.space.moveFrame(window + i, layer.allocateFrame())
    layer.releaseArea(base, frames)
    layer.ledger.count('pagesCopied', frames)
    layer.ledger.charge(frames * layer.costs.copyPage)
    layer.shootdown()
  }

  private dropWindow(window: number, frames: number): void {
    const layer = this.layer
    const base = layer.space.backing(window)
    const isWindow = base >= layer.frames.frames
    for (let i = 0; i < frames; i++) {
      const f = layer.space.closeWindowPage(window + i)
      if (!isWindow) layer.releaseTable(f)
    }
    if (isWindow) this.closeWindow(base, frames)
    layer.shootdown()
  }
}
