/**
 * Moves the VM of L1 to other machine frames while it runs: rounds of copying what was written since the round
 * before, then a last copy while it stands still. The lab has one machine, so the destination's frames are free
 * frames of the same memory; every page gets another frame, one at a time, at the last copy. Rounds copy beside the
 * guest and are counted, not charged; the last copy is charged.
 */
import type { Frame } from '@shared/address/address'
import { counted } from '@shared/format/counted'
import { relocate } from '../frames/page-mover'
import type { Layer } from '../layer'
import type { PageTable } from '../space/page-table'
import { splitRange } from '../space/huge'
import { DirtyLog } from './dirty-log'
import { chain } from './grant'
import type { Holding } from './gtea-host'
import { leavesOf, type Leaf } from './leaves'

export interface Destination {
  /** It has contiguous frames to make grants anew; else they are revoked, and tables stay where guests see them. */
  readonly contiguity: boolean
  /** It has DMT registers and a table of gTEAs; without, registers read as invalid and grants are revoked. */
  readonly dmt: boolean
}

export interface MigrationReport {
  /** Pages copied in each round before the last copy. */
  readonly rounds: readonly number[]
  readonly downtimePages: number
}

export interface MigratedStack {
  readonly layers: readonly Layer[]
  /** EPT02, where L0 keeps one. */
  readonly ept02: { readonly table: PageTable } | null
  /** Hardware walks shadows of processes: no entry of L0 tells what was written. */
  readonly shadowsProcesses: boolean
}

export class LiveMigration {
  private readonly l0: Layer
  private readonly l1: Layer
  private readonly log: DirtyLog
  private readonly rounds: number[] = []

  constructor(private readonly stack: MigratedStack) {
    ;[this.l0, this.l1] = stack.layers
    this.log = new DirtyLog({
      l0: this.l0,
      l1: this.l1,
      shadow: stack.ept02?.table ?? null,
      isBlind: stack.shadowsProcesses
    })
  }

  /** One round of pre-copy; the guest runs on. The pages it copied. */
  round(): number {
    const pages = this.log.take()
    this.rounds.push(pages)
    this.l0.ledger.count('migrationRounds')
    this.l0.ledger.count('migrationPages', pages)
    this.l0.event(
      'live-migration',
      `round ${this.rounds.length} copied ${counted(pages, 'page')} while the guest ran`,
      pages,
      0
    )
    return pages
  }

  /** The guest stands still, the rest is copied, and it goes on at the destination. @throws OutOfMemory */
  finish(destination: Destination): MigrationReport {
    const downtimePages = this.log.take()
    try {
      for (const holding of this.l0.host.holdings) this.moveGrant(holding, destination)
      this.moveOthers()
    } finally {
      this.forgetAll()
    }
    if (!destination.dmt) this.loseRegisters()
    this.book(downtimePages)
    return { rounds: this.rounds, downtimePages }
  }

  /** The destination has none: those of every process and virtual machine read as invalid. */
  private loseRegisters(): void {
    for (const { spaces } of this.stack.layers) for (const { teas } of spaces) teas.registers.enabled = false
  }

  /** IDs are issued anew; where that cannot be, the grant ends and its pages move like any others. */
  private moveGrant(holding: Holding, { contiguity, dmt }: Destination): void {
    const { host } = this.l0
    if (contiguity && dmt && host.reissue(holding)) return
    host.withdraw(holding)
  }

  private moveOthers(): void {
    const { l0 } = this
    const granted = new Set(
      l0.host.holdings.flatMap(({ grant }) =>
        chain(grant)
          .filter(({ owner }) => owner === 1)
          .map((g) => g.window as number)
      )
    )
    const starts = [...l0.space.vmas.list()].filter((vma) => granted.has(vma.start))
    const isGranted = (p: number): boolean => starts.some((vma) => p >= vma.start && p < vma.end)
    for (const leaf of leavesOf(l0.space.vmas, l0.space.table)) if (!isGranted(leaf.page)) this.moveLeaf(leaf)
  }

  private moveLeaf({ page, pages }: Leaf): void {
    const { l0 } = this
    const to = pages === 1 ? l0.allocateFrame() : l0.frames.allocateRange(pages, pages)
    if (to >= 0) return this.exchange(page, pages, to as Frame)
    splitRange(l0.space, page, pages)
    for (let i = 0; i < pages; i++) this.exchange(page + i, 1, l0.allocateFrame())
  }

  private exchange(page: number, pages: number, to: Frame): void {
    const { l0 } = this
    const from = l0.space.table.frameOf(page)
    for (let i = 0; i < pages; i++) {
      l0.entries.copyFrame((from + i) as Frame, (to + i) as Frame)
      l0.entries.clear((from + i) as Frame)
    }
    relocate(l0.space, page, from, to, pages)
    l0.frames.freeRange(from, pages)
  }

  /** Nothing that hardware remembered of machine frames is right any more. */
  private forgetAll(): void {
    const { l0 } = this
    l0.shootdown()
    l0.onInvalidate(l0.space, 0, Infinity)
  }

  private book(pages: number): void {
    const { l0 } = this
    l0.ledger.count('liveMigrations')
    l0.ledger.count('migrationPages', pages)
    l0.ledger.count('downtimePages', pages)
    l0.event(
      'live-migration',
      `the guest stood still while the last ${counted(pages, 'page was', 'pages were')} copied`,
      pages,
      pages * l0.costs.copyPage
    )
  }
}
