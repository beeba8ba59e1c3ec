/** Whether the lab can be reached, and the calls that go to it. */
import type { CallName, LabCalls } from '@shared/contract/lab-contract'
import type { ConnectionState } from './lab-client'
import { LabError } from './lab-error'
import type { LabLink } from './lab-link'

const WHY_NOT: Record<Exclude<ConnectionState, 'connected'>, string> = {
  reconnecting: 'the lab cannot be reached at the moment, try again shortly',
  closed: 'the lab has been closed, start it again'
}

type Listener = (state: ConnectionState) => void

export class Connection {
  private state: ConnectionState = 'reconnecting'
  private link: LabLink | null = null
  private readonly listeners = new Set<Listener>()

  /** A name becomes a call when it is asked for, so that no list of names has to be kept here. */
  readonly calls = new Proxy({} as LabCalls, {
    get: (_, name) =>
      typeof name === 'string' && name.includes('/') ? this.callOf(name as CallName) : undefined
  })

  opened(link: LabLink): void {
    this.link = link
    this.enter('connected')
  }

  /** Calls that wait for their answers fail. */
  lost(state: 'reconnecting' | 'closed'): void {
    this.link?.close(new LabError('connection', WHY_NOT[state]))
    this.link = null
    this.enter(state)
  }

  onState(listener: Listener): () => void {
    this.listeners.add(listener)
    listener(this.state)
    return () => void this.listeners.delete(listener)
  }

  private callOf(name: CallName): (...args: unknown[]) => Promise<unknown> {
    return async (...args) => {
      if (this.link) return this.link.call(name, args)
      throw new LabError('connection', WHY_NOT[this.state === 'closed' ? 'closed' : 'reconnecting'])
    }
  }

  private enter(state: ConnectionState): void {
    if (state === this.state) return
    this.state = state
    this.listeners.forEach((listen) => listen(state))
  }
}
