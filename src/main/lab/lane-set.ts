/** The lanes of a session: one worker each, started, populated and asked together. */
import type { LabSpec } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { designOf } from '../designs'
import type { AccessSource } from '../workloads/workload'
import type { LaneClient } from './lane-protocol'
import { lineToLane, type LaneLine } from './lane-server'
import { lanePages } from './memory-need'
import type { LaneHost } from './ports'
import type { ProgressReport } from './progress'
import { BATCH_CAPACITY, type StreamBuffer } from './stream-buffer'

/** Points of a chart over a whole run. */
const SERIES_POINTS = 500
const PAGES_A_SLICE = 50_000

export class LaneSet {
  readonly clients: readonly LaneClient[]
  private readonly lines: readonly LaneLine[]

  constructor(
    private readonly spec: LabSpec,
    host: LaneHost,
    onBroken: (error: Error) => void
  ) {
    this.lines = spec.lanes.map(() => {
      const port = host.startLane()
      port.onError(onBroken)
      return lineToLane(port)
    })
    this.clients = this.lines.map(({ lane }) => lane)
  }

  /** Builds the machines and populates memory; returns why a lane cannot go on, or null. */
  async prepare(
    source: AccessSource,
    stream: StreamBuffer,
    report: ProgressReport,
    signal: AbortSignal
  ): Promise<string | null> {
    const { spec } = this
    const total = spec.warmup + spec.references
    await Promise.all(
      this.clients.map((lane, i) =>
        lane.prepare({
          id: laneIds(spec.lanes)[i],
          design: spec.lanes[i],
          spec,
          areas: source.areas,
          dataPages: lanePages(designOf(spec.lanes[i]), source),
          labels: source.labels,
          instructionsPerReference: source.instructionsPerReference,
          buffers: stream.buffers,
          capacity: BATCH_CAPACITY,
          sampleEvery: Math.max(1, Math.round(total / SERIES_POINTS))
        })
      )
    )
    const ended = spec.trace ? null : await this.populate(report, signal)
    await Promise.all(this.clients.map((lane) => lane.begin()))
    return ended
  }

  /** @throws UserError for a lane that does not exist */
  at(index: number): LaneClient {
    if (index in this.clients) return this.clients[index]
    throw new UserError(
      `there is no lane ${index + 1}`,
      `the set-up has ${this.clients.length}`,
      'choose one of those'
    )
  }

  close(): void {
    for (const line of this.lines) line.close()
  }

  private async populate(report: ProgressReport, signal: AbortSignal): Promise<string | null> {
    for (;;) {
      const reports = await Promise.all(this.clients.map((lane) => lane.populate(PAGES_A_SLICE)))
      const done = Math.min(...reports.map((r) => r.pagesDone))
      const total = reports[0].pagesTotal
      report('Populating memory', done, total, 'pages')
      const ended = reports.find((r) => r.ended !== null)?.ended ?? null
      if (ended !== null || done >= total) return ended
      if (signal.aborted) return 'cancelled while memory was being populated'
    }
  }
}

/** `radix`, `radix-2`: a design that is repeated is numbered from its second lane on. */
function laneIds(designs: readonly string[]): string[] {
  return designs.map((design, i) => {
    const before = designs.slice(0, i).filter((d) => d === design).length
    return before === 0 ? design : `${design}-${before + 1}`
  })
}
