/** The command line with fakes behind it: what it printed, and what it asked of the engine. */
import type { Replay } from '@main/artifact/replay'
import { labCli } from '@main/hosts/cli/lab-cli'
import type { RunHooks, Toolbox } from '@main/hosts/cli/toolbox'
import type { Offer } from '@main/lab/offer'
import type { TraceSummary } from '@shared/model/catalogue'
import type { ArtifactFiles } from '@shared/model/paper-tools'
import type { RunResult } from '@shared/model/result'
import type { LabSpec } from '@shared/model/spec'
import type { WalkRecord } from '@shared/model/walk-record'
import { aMapsReport } from './a-maps-report'
import { someOffer } from './offer'
import { aRunResult } from './run-result'

export const aWalk: WalkRecord = {
  walk: 0,
  reference: 0,
  address: '0x7f0080000abc',
  access: 'load',
  outcome: 'translated',
  references: 2,
  criticalReferences: 2,
  wastedReferences: 0,
  cycles: 400,
  steps: [1, 2].map((n) => ({
    n,
    layer: n === 1 ? ('L1' as const) : ('L0' as const),
    level: 1,
    for: 'data',
    by: 'register' as const,
    index: 5,
    address: `0x14b2d6${n}28`,
    tableAddress: `0x14b2d6${n}00`,
    entry: '0x00000001b2d60067',
    hit: 'MEMORY' as const,
    cycles: 200,
    cyclesSoFar: 200 * n,
    wasted: false,
    notPresent: false
  })),
  registers: [],
  physicalAddress: '0x1b2d60abc',
  pageSize: '4K',
  faultLayer: null
}

export const aReplay: Replay = {
  isNative: true,
  records: 3,
  dropped: 1,
  tlbs: [{ name: 'TLB-L1I', hits: 1, misses: 2, childHits: 0 }],
  histogram: [
    { steps: ['L1', 'MEMORY', 'L1', 'L1'], count: 1 },
    { steps: ['MEMORY', 'ZERO', 'PWC', 'LLC'], count: 2 }
  ],
  seemFrameNumbers: ['pt_dump']
}

export const aTraceSummary: TraceSummary = {
  schema: 'dmt-lab/trace@1',
  format: 'lackey',
  compression: 'none',
  sampled: false,
  addresses: 'virtual',
  sizes: 'recorded',
  firstRecords: [{ kind: 'load', address: '0x4025ffd', size: 8 }],
  notes: ['Addresses are those of the recorder.'],
  records: 30,
  fetches: 20,
  loads: 6,
  stores: 4,
  badLines: 1,
  pages4K: 3,
  skipped: 0,
  crossings: 1,
  threads: null,
  regions2M: 1,
  inferredAreas: 2,
  firstBadLines: ['7: \u001b[2Jhm']
}

export interface Session {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Specs that reached the engine. */
  readonly specs: readonly LabSpec[]
  /** Arguments of all other calls, by name. */
  readonly calls: readonly string[]
}

export interface FakeEngine {
  /** What there is to name, and who walks, in the place of fakes. */
  readonly offer?: Offer
  readonly coldWalk?: Toolbox['coldWalk']
  readonly looked?: ArtifactFiles
  readonly result?: (spec: LabSpec) => RunResult
  /** What a trace is said to hold, where it differs from aTraceSummary. */
  readonly trace?: Partial<TraceSummary>
  readonly fails?: Error
  readonly debug?: boolean
  /** Ctrl+C as soon as something listens. */
  readonly interrupted?: boolean
}

/** Runs `lab` with these arguments. */
export async function lab(args: readonly string[], engine: FakeEngine = {}): Promise<Session> {
  const out = { stdout: '', stderr: '' }
  const specs: LabSpec[] = []
  const calls: string[] = []
  const answer = <T>(value: T): T => {
    if (engine.fails) throw engine.fails
    return value
  }
  const toolbox: Toolbox = {
    version: '1.2.3',
    offer: engine.offer ?? someOffer,
    run: (spec, { signal }: RunHooks) => {
      specs.push(spec)
      const stopped = signal.aborted ? { partial: true, partialReason: 'cancelled' } : {}
      return Promise.resolve(answer({ ...(engine.result?.(spec) ?? aRunResult({ spec })), ...stopped }))
    },
    coldWalk: (spec, design) => {
      specs.push(spec)
      calls.push(`walk ${design}`)
      return engine.coldWalk?.(spec, design) ?? answer(aWalk)
    },
    look: (paths, frameNumbers) => {
      calls.push(`look ${paths.join(' ')} ${frameNumbers}`)
      return Promise.resolve(answer(engine.looked ?? null))
    },
    replay: (files) => {
      calls.push(`replay ${JSON.stringify(files)}`)
      return Promise.resolve(answer(aReplay))
    },
    exportRun: (spec, folder) => {
      specs.push(spec)
      calls.push(`export ${folder}`)
      return Promise.resolve(answer(undefined))
    },
    summarizeTrace: (path, format) => {
      calls.push(`trace ${path} ${format}`)
      return Promise.resolve(answer({ ...aTraceSummary, ...engine.trace }))
    },
    convertTrace: (path, format, out) => {
      calls.push(`convert ${path} ${format} ${out}`)
      return Promise.resolve(answer({ ...aTraceSummary, ...engine.trace }))
    },
    readMaps: (paths, rules) => {
      calls.push(`maps ${paths.join(' ')} ${JSON.stringify(rules)}`)
      return Promise.resolve(answer(aMapsReport))
    },
    serve: (port) => {
      calls.push(`serve ${port}`)
      const close = (): Promise<void> => Promise.resolve(void calls.push('close'))
      return Promise.resolve(answer({ url: 'http://127.0.0.1:4000/?token=t', close }))
    },
    stdout: (text) => Promise.resolve(void (out.stdout += text)),
    stderr: (text) => void (out.stderr += text),
    isTerminal: false,
    onInterrupt: (listener) => {
      if (engine.interrupted) listener()
      return () => undefined
    }
  }
  const code = await labCli(args, toolbox, engine.debug ?? false)
  return { code, ...out, specs, calls }
}
