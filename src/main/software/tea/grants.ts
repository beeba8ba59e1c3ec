/** Areas in machine-contiguous frames of L0: given up, asked for again, and lost when L0 takes them back. */
import type { Frame } from '@shared/address/address'
import { contiguousFrames, type Grant } from '../hypervisor/grant'
import type { TableMover } from './migration'
import type { RegisterAssignment } from './register-assignment'
import type { Tea } from './tea'
import type { TeaContext } from './tea-policy'

export class TeaGrants {
  constructor(
    private readonly context: TeaContext,
    private readonly registers: RegisterAssignment,
    private readonly mover: TableMover
  ) {}

  /**
   * Gives the machine-contiguous frames back. The tables move to contiguous frames of the layer's own, which the
   * registers below cover like all its memory; where there are none, they stay in the window, whose contents L0
   * copies to ordinary frames.
   */
  giveUp(): void {
    for (const tea of this.context.set.list()) {
      const { grant } = tea
      if (grant !== null) this.giveUpOne(tea, grant)
    }
  }

  private giveUpOne(tea: Tea, grant: Grant): void {
    const { layer } = this.context
    const title = `give ${contiguousFrames(grant.frames)} back`
    layer.ledger.calls.during(
      { asker: layer.index, title, frames: grant.frames },
      () => this.replace(tea, grant),
      (hasMoved) =>
        hasMoved
          ? { result: 'migrated', outcome: 'the tables lie in frames of its own', tea }
          : { result: 'revoked', outcome: 'ordinary frames hold the tables, behind the window', tea }
    )
  }

  /** Whether contiguous frames of the layer's own hold the tables now. */
  private replace(tea: Tea, grant: Grant): boolean {
    const base = this.context.layer.allocateArea(tea.slots)
    if (base >= 0) this.mover.relocate(tea, tea, { base: base as Frame, grant: null })
    else this.revoke(tea, grant)
    return base >= 0
  }

  /** Asks for machine-contiguous frames again and moves the tables there. */
  ask(): void {
    for (const tea of this.context.set.list()) {
      if (tea.grant === null) this.askFor(tea)
    }
  }

  private askFor(tea: Tea): void {
    const { layer } = this.context
    const title = `${contiguousFrames(tea.slots)} for TEA ${tea.index}`
    layer.ledger.calls.during(
      { asker: layer.index, title, frames: tea.slots },
      () => {
        const grant = layer.hypercalls.allocate(tea.slots)
        if (grant !== null) this.mover.relocate(tea, tea, { base: grant.window as number as Frame, grant })
        return grant
      },
      (grant) =>
        grant === null
          ? { result: 'denied', outcome: 'the TEA stays in frames of its own', tea }
          : { result: 'granted', outcome: 'the tables lie in machine-contiguous frames', tea }
    )
  }

  lost(grant: Grant): void {
    const tea = this.context.set.list().find((t) => t.grant?.id === grant.id)
    if (tea) this.keepWindow(tea)
  }

  private revoke(tea: Tea, grant: Grant): void {
    this.registers.suspend(tea)
    this.context.layer.hypercalls.revoke(grant)
    this.keepWindow(tea)
  }

  /** The register names the window from now on, which the layers below translate. */
  private keepWindow(tea: Tea): void {
    this.registers.suspend(tea)
    tea.grant = null
    this.registers.refresh(tea)
  }
}
