/** A host whose lanes run in this thread behind ports that clone every message, as a worker's do. */
import { serveLane } from '@main/lab/lane-server'
import type { FileStream, LabHost, LanePort } from '@main/lab/ports'
import { UserError } from '@shared/model/user-error'

type Listener = (message: unknown) => void

class QueuedPort implements LanePort {
  other!: QueuedPort
  closed = false
  private readonly listeners: Listener[] = []
  private readonly errorListeners: ((error: Error) => void)[] = []

  post(message: unknown): void {
    const copy = structuredClone(message)
    setImmediate(() => {
      if (!this.closed && !this.other.closed) for (const listener of this.other.listeners) listener(copy)
    })
  }

  onMessage(listener: Listener): void {
    this.listeners.push(listener)
  }

  onError(listener: (error: Error) => void): void {
    this.errorListeners.push(listener)
  }

  /** The thread behind the port dies of an error. */
  die(error: Error): void {
    this.other.closed = true
    for (const listener of this.errorListeners) listener(error)
  }

  close(): void {
    this.closed = true
  }
}

export class InProcessHost implements LabHost {
  readonly kind = 'cli'
  readonly version = '0.0.0-test'
  readonly ports: QueuedPort[] = []
  memoryBytes = 2 ** 40

  usableMemory(): number {
    return this.memoryBytes
  }

  startLane(): LanePort {
    const [lab, lane] = [new QueuedPort(), new QueuedPort()]
    lab.other = lane
    lane.other = lab
    serveLane(lane)
    this.ports.push(lab)
    return lab
  }

  openFile(name: string): Promise<FileStream> {
    return Promise.reject(new UserError('there is no such file', name, 'give one that exists'))
  }

  exportReport(): Promise<{ readonly kind: 'cancelled' }> {
    return Promise.resolve({ kind: 'cancelled' })
  }
}
