/**
 * L0's side of cooperation: what it allows, which grants it has out, and the table that hardware checks registers
 * against. A grant to L2 is held by L1's VM and by L2's: the end of either ends it.
 */
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import type { GteaParameters } from '@shared/model/spec'
import type { GteaTable } from '../../hardware/registers/gtea-table'
import type { Layer } from '../layer'
import { chain, contiguousFrames, type HeldGrant } from './grant'
import { GrantMover } from './grant-mover'
import type { Step } from './steps'

export const NO_SUCH_CALL = 'no such call'

export interface Holding {
  readonly grant: HeldGrant
  /** Layer whose tables the frames hold. */
  readonly asker: Layer
}

export class GteaHost {
  /** The switch: off, every request is denied. */
  cooperates = true
  /** For tests and scenarios: the next call for frames fails when it has done this step. */
  failAt: Step | null = null
  readonly mover: GrantMover
  private readonly out = new Set<Holding>()

  constructor(
    private readonly layer: Layer,
    readonly gteas: GteaTable,
    private readonly policy: GteaParameters
  ) {
    this.mover = new GrantMover(layer)
    gteas.onViolation = (vm, id, reason) => this.violated(vm, `gTEA ${id}`, reason)
  }

  /** Why VMs `vms` may not be granted so many frames; null when they may. */
  refusal(frames: number, vms: readonly number[]): string | null {
    const { support, quota } = this.policy
    if (!support) return NO_SUCH_CALL
    if (!this.cooperates) return 'cooperation is off'
    const over = vms.find((vm) => quota > 0 && this.framesOf(vm) + frames > quota)
    if (over === undefined) return null
    return `the VM of L${over} may hold ${counted(quota, 'frame')} and holds ${formatCount(this.framesOf(over))}`
  }

  /** Frames granted to a VM, those it passed on among them. */
  framesOf(vm: number): number {
    return this.holdingsOf(vm).reduce((sum, { grant }) => sum + grant.frames, 0)
  }

  hold(holding: Holding): void {
    this.out.add(holding)
  }

  /** The grant of an ID that this VM's software may end; anything else is a violation, and null. */
  owned(id: number, vm: number, window: number): Holding | null {
    for (const holding of this.out) {
      const { grant } = holding
      if (grant.id === id && grant.owner === vm && grant.window === window) return holding
    }
    this.violated(vm, `gTEA ${id} to end it`, 'no such grant is its own')
    return null
  }

  /** No ID of the grant is valid any more, and no descriptor names its frames. */
  end(holding: Holding): void {
    this.out.delete(holding)
    for (const { id } of chain(holding.grant)) this.gteas.revoke(id)
  }

  /** A VM is gone: what it held, and what it held for the VMs it ran, goes back to L0. */
  releaseVm(vm: number): void {
    for (const holding of this.holdingsOf(vm)) {
      this.told('take', holding, 'revoked', () => this.release(holding, vm))
    }
  }

  private release(holding: Holding, vm: number): void {
    const { frames } = holding.grant
    this.end(holding)
    this.mover.discard(holding)
    const text = `took back ${contiguousFrames(frames)}: the VM of L${vm} has ended`
    this.layer.event('gtea-revoke', text, frames, 0)
  }

  /**
   * The contiguous frames go back to L0, and ordinary ones hold the tables at the same place; the guest is told.
   * False when too few ordinary ones are free.
   */
  reclaim(holding: Holding): boolean {
    const { frames } = holding.grant
    const { windows } = this.layer.hypercalls
    if (this.layer.frames.freeFrames < frames + windows.tablesFor(frames)) return false
    this.told('reclaim', holding, 'revoked', () => {
      this.end(holding)
      this.mover.scatter(holding)
      this.bookReclaim(holding, 'reclaimed')
    })
    return true
  }

  /** The grant ends and the guest is told; the frames stay behind the window as ordinary ones. */
  withdraw(holding: Holding): void {
    this.told('withdraw', holding, 'revoked', () => {
      this.end(holding)
      this.bookReclaim(holding, 'withdrew')
    })
  }

  /** The grant moves to other contiguous frames; the guest notices nothing. False when there are none. */
  move(holding: Holding): boolean {
    return this.moved(holding, (base) => {
      for (const { id } of chain(holding.grant)) this.gteas.move(id, base)
    })
  }

  /** The same on another host, whose table knows none of the IDs: they are issued anew. */
  reissue(holding: Holding): boolean {
    return this.moved(holding, (base) => {
      for (const held of chain(holding.grant)) held.id = this.gteas.reissue(held.id, base)
    })
  }

  private moved(holding: Holding, rename: (base: number) => void): boolean {
    return this.told('move', holding, 'migrated', () => {
      const base = this.mover.gather(holding)
      if (base < 0) return false
      rename(base)
      this.bookMove(holding)
      return true
    })
  }

  /** What L0 does to a grant without being asked, as a conversation. */
  private told<T>(verb: string, { grant, asker }: Holding, result: 'revoked' | 'migrated', work: () => T): T {
    const { calls } = this.layer.ledger
    const title = `${verb} ${contiguousFrames(grant.frames)} of L${asker.index}`
    return calls.within({ asker: 0, title, frames: grant.frames }, work, (value) =>
      value === false
        ? { result: 'denied', outcome: 'no contiguous frames are free' }
        : { result, outcome: title }
    )
  }

  /** Grants that a VM holds, for itself or for a VM that it runs. */
  holdingsOf(vm: number): Holding[] {
    return [...this.out].filter(({ grant }) => chain(grant).some(({ owner }) => owner === vm))
  }

  get holdings(): readonly Holding[] {
    return [...this.out]
  }

  /** A guest named what is not its own. */
  violated(vm: number, what: string, reason: string): void {
    const { ledger } = this.layer
    const isFault = this.policy.onViolation === 'fault'
    const request = { asker: vm, title: `name ${what}`, frames: 0 }
    ledger.calls.within(
      request,
      () => this.bookViolation(vm, what, reason, isFault),
      () => ({ result: 'refused', outcome: reason })
    )
  }

  private bookViolation(vm: number, what: string, reason: string, isFault: boolean): void {
    const { ledger, costs } = this.layer
    ledger.calls.say(vm, 0, `names ${what}`)
    ledger.count('gteaViolations')
    if (isFault) ledger.count('gteaFaults')
    this.layer.event('gtea-violation', `L${vm} named ${what}: ${reason}`, 0, isFault ? costs.minorFault : 0)
    ledger.calls.say(0, vm, `refused: ${reason}`, true)
  }

  private bookReclaim({ grant, asker }: Holding, verb: string): void {
    this.layer.ledger.count('gteaReclaims')
    this.layer.event(
      'gtea-reclaim',
      `${verb} ${contiguousFrames(grant.frames)} of L${asker.index}`,
      grant.frames,
      0
    )
    this.layer.ledger.calls.say(0, asker.index, 'told: the window holds ordinary frames now')
    asker.grantLost(grant)
  }

  private bookMove({ grant, asker }: Holding): void {
    this.layer.ledger.count('gteaMoves')
    this.layer.event(
      'gtea-move',
      `moved ${contiguousFrames(grant.frames)} of L${asker.index}`,
      grant.frames,
      0
    )
  }
}
