/**
 * The record loop of the simulators published with DMT, over the machine of the profile `artifact`: TLB look-up and
 * fill, the tables of the page from the dumps, the walk of a miss, then the access to the data.
 */
import { NATIVE_VPID, contextOf } from '@shared/arch/context'
import { frameHigh, frameLow, pageFrom } from '@shared/address/address'
import { FETCH, LOAD, type AccessBatch } from '@shared/model/access'
import type { HardwareParameters } from '@shared/model/hardware-profile'
import { PrefetchingHierarchy } from '../hardware/cache/prefetching-hierarchy'
import { EagerWalkCache } from '../hardware/pwc/eager-walk-cache'
import { Tlb } from '../hardware/tlb/tlb'
import { KnownPathStage } from '../hardware/walker/known-path-stage'
import type { Stage } from '../hardware/walker/stage'
import { Walk } from '../hardware/walker/walk'
import { WalkPatterns } from '../lab/walk-patterns'
import { PREFETCH } from '../traces/access-records'
import { DumpPath } from './dump-path'
import { DumpPort } from './dump-port'
import { NO_ROW, TABLE_LEVELS, type DumpTable } from './dump-table'
import { PageRows, SLICE } from './page-rows'
import { TlbCounts } from './tlb-counts'
import { WarmUp } from './warm-up'

const CONTEXT = contextOf(NATIVE_VPID, 0)

/** A guest table page that the host's dump does not map. */
export class UnmappedTable extends Error {
  override readonly name = 'UnmappedTable'

  constructor(readonly frame: number) {
    super(`the host maps no frame ${frame}`)
  }
}

export class Replayer {
  readonly patterns = new WalkPatterns()
  readonly tlbCounts = new TlbCounts()
  /** Records of pages that no row maps. */
  dropped = 0
  private readonly tlb: Tlb
  private readonly caches: PrefetchingHierarchy
  private readonly walk = new Walk()
  private readonly warmUp: WarmUp
  private readonly stage: Stage
  private readonly hostPath: DumpPath | null
  private readonly guestPath: DumpPath
  private readonly rows: PageRows

  /** @param host null for native: the guest's dump is then taken as the machine's */
  constructor(
    hardware: HardwareParameters,
    private readonly guest: DumpTable,
    private readonly host: DumpTable | null,
    warmup: number
  ) {
    this.tlb = new Tlb(hardware.tlb)
    this.caches = new PrefetchingHierarchy(hardware.cache)
    this.warmUp = new WarmUp(
      warmup,
      () => this.patterns.clear(),
      () => this.tlbCounts.clear()
    )
    this.guestPath = new DumpPath(guest)
    this.hostPath = host === null ? null : new DumpPath(host)
    this.rows = new PageRows(guest, host, this.caches)
    this.stage = this.stages(hardware)
  }

  /** Records [from, to) of the batch; their kinds include software prefetches. @throws UnmappedTable */
  run(batch: AccessBatch, from: number, to: number): void {
    for (let at = from; at < to; at += SLICE) {
      const end = Math.min(to, at + SLICE)
      this.rows.find(batch, at, end)
      for (let i = at; i < end; i++)
        this.record(batch, i, this.rows.guestRows[i - at], this.rows.hostRows[i - at])
    }
  }

  private record(
    { kind, high, low, offset, size }: AccessBatch,
    i: number,
    row: number,
    hostRow: number
  ): void {
    this.warmUp.recordStarts()
    const isHit = kind[i] !== PREFETCH && this.lookUp(kind[i] === FETCH, high[i], low[i])
    if (hostRow === NO_ROW) {
      this.dropped++
      return
    }
    if (!isHit) this.walkTo(high[i], low[i], row, hostRow, offset[i])
    const table = this.host ?? this.guest
    this.touch(kind[i], table.frame(hostRow), table.offset(hostRow) + offset[i], size[i])
    this.warmUp.recordEnds()
  }

  private lookUp(isFetch: boolean, high: number, low: number): boolean {
    const isHit = this.tlb.lookup(isFetch, high, low, CONTEXT)
    this.tlbCounts.count(isFetch, this.tlb.hit)
    if (!isHit) this.tlb.fill(isFetch, high, low, CONTEXT, 0, 0, 0)
    this.warmUp.tlbAsked()
    return isHit
  }

  private walkTo(high: number, low: number, row: number, hostRow: number, offset: number): void {
    const { walk, guest, hostPath } = this
    this.guestPath.expect(high, low, row)
    if (hostPath !== null) {
      const frame = guest.frame(row)
      hostPath.expect(frameHigh(frame), frameLow(frame), hostRow)
      // Where pages do not begin at multiples of 4 KiB the data may lie in the page after the one looked up.
      hostPath.carry = (guest.offset(row) + offset) >>> 12
    }
    walk.begin()
    if (this.stage.translate(high, low, LOAD) < 0)
      throw new UnmappedTable(pageFrom(walk.faultHigh, walk.faultLow))
    this.patterns.add(walk)
  }

  /** The access to the data, `at` bytes after the start of a machine frame. */
  private touch(kind: number, frame: number, at: number, size: number): void {
    const first = at >>> 6
    const last = (at + size - 1) >>> 6
    for (let n = first; n <= last; n++) this.line(kind, frame + (n >>> 6), n & 63, last > first)
  }

  private line(kind: number, frame: number, line: number, isPart: boolean): void {
    if (kind === FETCH) this.caches.fetch(frame, line)
    else if (kind === PREFETCH) this.caches.prefetch(frame, line, isPart)
    else this.caches.data(frame, line, isPart)
  }

  private stages(hardware: HardwareParameters): Stage {
    const { guestPath } = this
    const paths = this.hostPath === null ? [guestPath] : [this.hostPath, guestPath]
    const port = new DumpPort(paths, this.caches, this.walk)
    const stageOf = (below: Stage | null, path: DumpPath, layer: number): Stage =>
      new KnownPathStage({
        layer,
        below,
        walk: this.walk,
        port,
        levels: TABLE_LEVELS,
        path,
        pathBelow: below === null ? null : this.hostPath,
        walkCache: new EagerWalkCache(hardware, path === guestPath ? 'guest' : 'host'),
        walkCacheLatency: hardware.pwc.latencyCycles,
        isInnermost: path === guestPath,
        stepsBelow: layer * TABLE_LEVELS,
        flags: 0,
        isShadow: false
      })
    return paths.reduce<Stage | null>(stageOf, null) as Stage
  }
}
