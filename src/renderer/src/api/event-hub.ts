/** Who listens to what the lab tells; outlives any one connection. */
import type { EventName, LabEvents } from '@shared/contract/lab-contract'

type Listeners = { [Name in EventName]: Set<LabEvents[Name]> }

export class EventHub {
  private readonly listeners: Listeners = {
    'session/snapshot': new Set(),
    'session/progress': new Set(),
    'session/failed': new Set(),
    'trace/progress': new Set()
  }

  /** Receives the events of a connection. */
  readonly sink: LabEvents = {
    'session/snapshot': (snapshot) =>
      this.listeners['session/snapshot'].forEach((listen) => listen(snapshot)),
    'session/progress': (progress) =>
      this.listeners['session/progress'].forEach((listen) => listen(progress)),
    'session/failed': (problem) => this.listeners['session/failed'].forEach((listen) => listen(problem)),
    'trace/progress': (reading) => this.listeners['trace/progress'].forEach((listen) => listen(reading))
  }

  on<Name extends EventName>(event: Name, listener: LabEvents[Name]): () => void {
    const listeners: Set<LabEvents[Name]> = this.listeners[event]
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
}
