/**
 * Moves the frames behind a window in L0. Its contents stay at the same guest-physical place: only L0's entries
 * change, and what remembers them is told before the old frames are freed.
 */
import type { Frame } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import type { Layer } from '../layer'
import { chain, lowest, type HeldGrant } from './grant'
import type { Holding } from './gtea-host'

export class GrantMover {
  constructor(private readonly layer: Layer) {}

  /** To ordinary frames. Where too few are free the window keeps those it has. */
  scatter(holding: Holding): void {
    const { layer } = this
    const { frames } = holding.grant
    if (layer.frames.freeFrames < frames + layer.hypercalls.windows.tablesFor(frames)) return
    this.exchange(holding, () => layer.allocateFrame())
  }

  /** To other contiguous frames: the first of them, or -1 when there are none. */
  gather(holding: Holding): number {
    const { layer } = this
    const { frames } = holding.grant
    const tables = layer.hypercalls.windows.tablesFor(frames)
    if (tables > 0 && layer.frames.freeFrames < frames + tables) return -1
    const base = layer.allocateArea(frames)
    if (base >= 0) this.exchange(holding, (i) => (base + i) as Frame)
    return base
  }

  /** Nobody needs the window any more, in any layer: its frames are zeroed and freed. */
  discard(holding: Holding): void {
    const old = chain(holding.grant).flatMap((held) => {
      const { windows } = providerOf(holding, held).hypercalls
      const frames = windows.unmap(held.window, held.frames)
      windows.release(held.window, held.frames)
      return held.below === null ? frames : []
    })
    this.layer.shootdown()
    this.layer.ledger.calls.say(0, 0, 'unmaps the window')
    for (const f of old) this.layer.releaseTable(f)
  }

  private exchange(holding: Holding, next: (i: number) => Frame): void {
    const { layer } = this
    const { window, frames } = lowest(holding.grant)
    const old: Frame[] = []
    for (let i = 0; i < frames; i++) {
      const from = layer.space.table.frameOf(window + i) as Frame
      const to = next(i)
      layer.entries.copyFrame(from, to)
      layer.hypercalls.windows.mapPage(window + i, to)
      old.push(from)
    }
    layer.ledger.count('pagesCopied', frames)
    layer.ledger.charge(frames * layer.costs.copyPage)
    layer.shootdown()
    layer.ledger.calls.say(0, 0, `copies ${counted(frames, 'page')} to other frames behind the window`)
    for (const f of old) layer.releaseTable(f)
  }
}

/** The hypervisor that maps the window of this grant. */
const providerOf = ({ asker }: Holding, { owner }: HeldGrant): Layer => asker.stackUp(owner - 1)
