/** Serves one lane over a port: the worker's side of the lane protocol. */
import { createBirpc } from 'birpc'
import { UserError } from '@shared/model/user-error'
import type { LaneClient } from './lane-protocol'
import { LaneSession } from './lane-session'
import type { LanePort } from './ports'

/** Work of a lane may last as long as it takes: it shows progress and can be cancelled. */
const NO_TIMEOUT = -1

export function serveLane(port: LanePort): void {
  createBirpc<Record<string, never>, LaneSession>(new LaneSession(), {
    post: (message) => port.post(message),
    on: (listener) => port.onMessage(listener),
    bind: 'functions',
    timeout: NO_TIMEOUT
  })
}

/** The lab's side of a lane. */
export interface LaneLine {
  readonly lane: LaneClient
  /** Ends the worker. */
  close(): void
}

/** Calls a lane behind a port. When the worker breaks or is ended, every call under way is refused: none waits for ever. */
export function lineToLane(port: LanePort): LaneLine {
  const rpc = createBirpc<LaneSession, Record<string, never>>(
    {},
    {
      post: (message) => port.post(message),
      on: (listener) => port.onMessage(listener),
      timeout: NO_TIMEOUT
    }
  )
  port.onError((error) => rpc.$close(error))
  const close = (): void => {
    port.close()
    rpc.$close(new UserError('this run has ended', 'another was set up, or the lab closes', 'look again'))
  }
  return { lane: rpc, close }
}
