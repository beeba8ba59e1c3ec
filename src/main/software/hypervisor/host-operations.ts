/** What an operator of the host does to its VMs, one call each: for scenarios and tests. */
import type { Layer } from '../layer'
import { Balloon } from './balloon'
import { LiveMigration, type Destination, type MigratedStack } from './live-migration'
import type { Step } from './steps'

export type HostOperation =
  /** The next call for frames fails when it has done this step; null: it does not. */
  | { readonly kind: 'fail-at'; readonly step: Step | null }
  /** L0 takes back, or moves, every grant that the VM of this layer holds. */
  | { readonly kind: 'reclaim' | 'move-grants'; readonly vm: number }
  /** The hypervisor below asks for frames of the VM of this layer, or gives so many back. */
  | { readonly kind: 'inflate' | 'deflate'; readonly vm: number; readonly frames: number }
  /** A pre-copy round of the live migration of L1's VM; the first begins it. */
  | { readonly kind: 'migration-round' }
  /** The last copy. */
  | ({ readonly kind: 'migration-finish' } & Destination)

export class HostOperations {
  private readonly balloons = new Map<number, Balloon>()
  private migration: LiveMigration | null = null

  constructor(private readonly stack: MigratedStack) {}

  /** How many grants, frames or pages it concerned. @throws OutOfMemory */
  run(operation: HostOperation): number {
    switch (operation.kind) {
      case 'fail-at':
        this.l0.host.failAt = operation.step
        return 0
      case 'reclaim':
        return this.l0.host.holdingsOf(operation.vm).filter((holding) => this.l0.host.reclaim(holding)).length
      case 'move-grants':
        return this.l0.host.holdingsOf(operation.vm).filter((holding) => this.l0.host.move(holding)).length
      case 'inflate':
        return this.balloonOf(operation.vm).inflate(operation.frames)
      case 'deflate':
        return this.balloonOf(operation.vm).deflate(operation.frames)
      case 'migration-round':
        return this.migrating().round()
      case 'migration-finish':
        return this.finish(operation)
    }
  }

  /** Frames of a VM that are in its balloon. */
  ballooned(vm: number): number {
    return this.balloons.get(vm)?.size ?? 0
  }

  private get l0(): Layer {
    return this.stack.layers[0]
  }

  private balloonOf(vm: number): Balloon {
    const [hypervisor, guest] = [this.stack.layers[vm - 1], this.stack.layers[vm]]
    const balloon = this.balloons.get(vm) ?? new Balloon(hypervisor, guest)
    this.balloons.set(vm, balloon)
    return balloon
  }

  private migrating(): LiveMigration {
    return (this.migration ??= new LiveMigration(this.stack))
  }

  private finish(destination: Destination): number {
    const { downtimePages } = this.migrating().finish(destination)
    this.migration = null
    return downtimePages
  }
}
