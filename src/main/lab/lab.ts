/** The lab service: one session at a time, behind the contract that every host binds. */
import type { LabEvents } from '@shared/contract/lab-contract'
import type { Catalogue } from '@shared/model/catalogue'
import type { SessionInfo } from '@shared/model/snapshot'
import type { LabSpec, SpecInput } from '@shared/model/spec'
import { Cancelled, UserError } from '@shared/model/user-error'
import { describeJson } from './describe-json'
import { designWalk } from './design-walk'
import { FileReadings } from './file-readings'
import { describeMaps } from './describe-maps'
import { OFFER, TRACE_FORMAT_INFOS } from './catalogue'
import { fragmentationTry } from './memory/fragmentation-try'
import { isolationTry } from './memory/isolation-try'
import type { LabHost, SessionCalls, SessionLab } from './ports'
import { progressMeter } from './progress'
import { resolveSpec } from './resolve-spec'
import type { Past } from './session/going-back'
import { Session, type SessionEvents } from './session/session'
import { Turns } from './turns'
import { workloadSample } from './workload-sample'

export function createSessionLab(host: LabHost): SessionLab {
  return new LabService(host)
}

class LabService implements SessionLab {
  private readonly listeners = new Set<LabEvents>()
  private session: Session | null = null
  private preparing: AbortController | null = null
  /** One session is built at a time, so that each finds the one before and ends it. */
  private readonly building = new Turns()
  private readonly readings: FileReadings

  readonly calls: SessionCalls = {
    'app/catalogue': async () => this.catalogue(),
    'spec/resolve': async (input) => this.resolve(input),
    'session/prepare': (input) => this.prepare(this.resolved(input)),
    'session/run': async () => void this.current().run(),
    'session/pause': async () => this.current().pause(),
    'session/step': async (accesses) => this.current().step(accesses),
    'session/stepToWalk': async () => this.current().stepToWalk(),
    'session/back': (accesses) => this.goBack(accesses),
    'session/speed': async (perSecond) => this.current().setSpeed(perSecond),
    'session/drawing': async (isDrawn) => this.current().setDrawing(isDrawn),
    'session/reset': async () => this.prepare(this.current().spec),
    'session/cancel': async () => this.cancel(),
    'session/result': async () => this.current().result(),
    'session/formula': async () => this.current().formula(),
    'session/facts': async () => this.current().facts(),
    'design/walk': async (choice) => designWalk(choice, OFFER),
    'workload/sample': async (id) => workloadSample(id),
    'lane/dmt': async (lane, on) => this.current().setDmt(lane, on),
    'session/cooperation': async (on) => this.current().setCooperation(on),
    'walk/get': async (choice) => this.current().walks(choice),
    'walk/list': async (lane) => this.current().walkList(lane),
    'walk/places': async (lane) => this.current().walkPlaces(lane),
    'walk/histogram': async (lane) => this.current().histogram(lane),
    'events/list': async (lane, after) => this.current().laneEvents(lane, after),
    'memory/look': async (lane) => this.current().memory.look(lane),
    'memory/path': async (lane, choice) => this.current().memory.path(lane, choice),
    'memory/hardware': async (lane) => this.current().memory.hardware(lane),
    'memory/calls': async (lane, after) => this.current().memory.calls(lane, after),
    'memory/fragment': async (input, level, lane) => fragmentationTry(this.resolved(input), level, lane),
    'isolation/try': async (id) => isolationTry(id),
    'trace/peek': async (token, format) => this.readings.peek(token, format),
    'trace/describe': async (token, format) => this.readings.describe(token, format),
    'trace/cancel': async () => this.readings.cancel(),
    'maps/describe': async (tokens, rules) => describeMaps(tokens, rules, this.host),
    'json/describe': async (token) => describeJson(token, this.host),
    'report/export': async () => this.host.exportReport(await this.current().result())
  }

  constructor(private readonly host: LabHost) {
    this.readings = new FileReadings(host, (reading) => this.tell('trace/progress', reading))
  }

  subscribe(listener: LabEvents): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.readings.cancel()
    await this.cancel()
    await this.session?.close()
    this.session = null
  }

  private catalogue(): Catalogue {
    const { kind, version } = this.host
    return {
      version,
      host: kind === 'electron' ? 'electron' : 'web',
      ...OFFER,
      traceFormats: TRACE_FORMAT_INFOS
    }
  }

  private resolve(input: SpecInput): { spec: LabSpec | null; problems: string[] } {
    const resolved = resolveSpec(input, OFFER)
    return 'spec' in resolved
      ? { spec: resolved.spec, problems: [] }
      : { spec: null, problems: resolved.problems }
  }

  private resolved(input: SpecInput): LabSpec {
    const { spec, problems } = this.resolve(input)
    if (spec === null)
      throw new UserError(
        problems[0],
        problems.length > 1 ? `and ${problems.length - 1} more` : '',
        'change the set-up'
      )
    return spec
  }

  /** Ends the session before, then builds the new one; a prepare that is overtaken gives way. */
  private async prepare(spec: LabSpec, past?: Past): Promise<SessionInfo> {
    const abort = new AbortController()
    const ended = this.cancel()
    this.preparing = abort
    try {
      await ended
      return await this.building.take(() => this.build(spec, abort.signal, past))
    } finally {
      if (this.preparing === abort) this.endPreparing()
    }
  }

  /** The lanes of the session before are taken down first: there may be no memory for both. */
  private async build(spec: LabSpec, signal: AbortSignal, past?: Past): Promise<SessionInfo> {
    await this.session?.close()
    this.session = null
    if (signal.aborted) throw new Cancelled('the set-up was called off', '', 'begin it again')
    const report = progressMeter(
      (progress) => this.tell('session/progress', progress),
      () => performance.now()
    )
    const { surveys } = this.readings
    const session = await Session.prepare(spec, this.host, this.sessionEvents(), report, signal, surveys)
    this.session = session
    if (past) await session.replay(past, report, signal)
    else await session.snapshotNow()
    return session.info
  }

  private endPreparing(): void {
    this.preparing = null
    this.tell('session/progress', null)
  }

  private sessionEvents(): SessionEvents {
    return {
      snapshot: (snapshot) => this.tell('session/snapshot', snapshot),
      failed: (message) => this.tell('session/failed', { message })
    }
  }

  private async goBack(accesses: number): Promise<SessionInfo> {
    const session = this.current()
    if (await session.goBack(accesses)) return session.info
    return this.prepare(session.spec, session.past(accesses))
  }

  private async cancel(): Promise<void> {
    this.preparing?.abort()
    await this.session?.cancel('cancelled')
  }

  private current(): Session {
    if (!this.session) throw new UserError('nothing is set up yet', '', 'press Run or choose a question')
    return this.session
  }

  private tell<Name extends keyof LabEvents>(name: Name, ...args: Parameters<LabEvents[Name]>): void {
    for (const listener of this.listeners)
      (listener[name] as (...a: Parameters<LabEvents[Name]>) => void)(...args)
  }
}
