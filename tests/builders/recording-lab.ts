/** A lab that only writes down what reaches it, and a window at the other end of a channel. */
import { labContract, type CallName, type LabCalls, type LabEvents } from '@shared/contract/lab-contract'
import type { MessageChannelEnd } from '@shared/contract/channel'
import type { Snapshot } from '@shared/model/snapshot'
import type { Lab } from '@main/lab/ports'

export interface FakeLab extends Lab {
  readonly reached: [CallName, ...unknown[]][]
  readonly tell: LabEvents
  isClosed: boolean
}

/** @param answers what calls return or throw, where that matters */
export function aLab(answers: Partial<Record<CallName, () => unknown>> = {}): FakeLab {
  const reached: FakeLab['reached'] = []
  const listeners = new Set<LabEvents>()
  const calls = Object.fromEntries(
    (Object.keys(labContract) as CallName[]).map((name) => [
      name,
      async (...args: unknown[]) => {
        reached.push([name, ...args])
        return answers[name]?.()
      }
    ])
  ) as unknown as LabCalls
  const lab: FakeLab = {
    reached,
    calls,
    isClosed: false,
    tell: {
      'session/snapshot': (snapshot) => listeners.forEach((to) => to['session/snapshot'](snapshot)),
      'session/progress': (progress) => listeners.forEach((to) => to['session/progress'](progress)),
      'session/failed': (problem) => listeners.forEach((to) => to['session/failed'](problem)),
      'trace/progress': (reading) => listeners.forEach((to) => to['trace/progress'](reading))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => void (lab.isClosed = true)
  }
  return lab
}

interface Sent {
  readonly t: 'q' | 's'
  readonly i: string
  readonly m?: string
  readonly a?: unknown[]
  readonly r?: unknown
  readonly e?: unknown
}

/** The window's end: it sees every message and answers none by itself. */
export class RawWindow {
  readonly sent: Sent[] = []
  private deliver: (message: unknown) => unknown = () => undefined

  readonly channel: MessageChannelEnd = {
    post: (message) => void this.sent.push(message as Sent),
    onMessage: (listener) => (this.deliver = listener)
  }

  /** Gives a message to the lab and waits until it has been dealt with. */
  async give(message: unknown): Promise<void> {
    await this.deliver(message)
    await new Promise((resolve) => setImmediate(resolve))
  }

  async ask(name: string, ...args: unknown[]): Promise<Sent | undefined> {
    const i = `question ${this.sent.length}`
    await this.give({ t: 'q', i, m: name, a: args })
    return this.sent.find((message) => message.t === 's' && message.i === i)
  }

  events(name: string): Sent[] {
    return this.sent.filter((message) => message.t === 'q' && message.m === name)
  }

  take(event: Sent): Promise<void> {
    return this.give({ t: 's', i: event.i })
  }
}

/** One lane, whose series has the given rows' numbers. */
export const aSnapshot = (session: number, references: number, rows: readonly number[]): Snapshot => ({
  session,
  state: 'running',
  references,
  referencesTotal: 1000,
  warmup: 0,
  referencesPerSecond: 0,
  cooperation: true,
  lanes: [
    {
      id: 'radix',
      design: 'radix',
      dmt: false,
      coveredLayers: 0,
      counters: Float64Array.of(references),
      series: Float64Array.from(rows),
      events: 0,
      slowest: [],
      latestWalk: null
    }
  ],
  markers: [],
  sameTranslations: true,
  firstDifference: 0
})
