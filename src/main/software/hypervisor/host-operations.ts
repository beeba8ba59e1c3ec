/** What an operator of the host does to its VMs, one call each: for scenarios and tests. */
import type { Layer } from '../layer'
import { Balloon } from './balloon'
import { LiveMigration, type Destination, type MigratedStack } from './live-migration'

export class HostOperations {
  private readonly balloons = new Map<number, Balloon>()
  private migration: LiveMigration | null = null

  constructor(private readonly stack: MigratedStack) {}

  /** L0 takes back every grant that the VM of this layer holds; how many it could. */
  reclaimOf(vm: number): number {
    const { host } = this.l0
    return host.holdingsOf(vm).filter((holding) => host.reclaim(holding)).length
  }

  /** L0 takes grants back, whoever holds them, until it has so many frames; how many it has. */
  reclaim(frames: number): number {
    const { host } = this.l0
    let taken = 0
    for (const holding of host.holdings)
      if (taken < frames && host.reclaim(holding)) taken += holding.grant.frames
    return taken
  }

  /** L0 moves every grant that the VM of this layer holds; how many it could. */
  moveGrantsOf(vm: number): number {
    const { host } = this.l0
    return host.holdingsOf(vm).filter((holding) => host.move(holding)).length
  }

  /** The hypervisor below asks for frames of the VM of this layer; how many it got. */
  inflate(vm: number, frames: number): number {
    return this.balloonOf(vm).inflate(frames)
  }

  /** It gives so many back; how many it had. */
  deflate(vm: number, frames: number): number {
    return this.balloonOf(vm).deflate(frames)
  }

  /** A pre-copy round of the live migration of L1's VM, the first begins it; the pages it copied. */
  migrationRound(): number {
    this.migration ??= new LiveMigration(this.stack)
    return this.migration.round()
  }

  /** The last copy, without rounds before it where there were none; its pages. @throws OutOfMemory */
  finishMigration(destination: Destination): number {
    const migration = this.migration ?? new LiveMigration(this.stack)
    const { downtimePages } = migration.finish(destination)
    this.migration = null
    return downtimePages
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
}
