/** Serves one lane over a port: the worker's side of the lane protocol. */
import { createBirpc } from 'birpc'
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

/** The lab's side: calls a lane behind a port. When the worker breaks, every call under way is refused. */
export function laneClient(port: LanePort): LaneClient {
  const rpc = createBirpc<LaneSession, Record<string, never>>(
    {},
    {
      post: (message) => port.post(message),
      on: (listener) => port.onMessage(listener),
      timeout: NO_TIMEOUT
    }
  )
  port.onError((error) => rpc.$close(error))
  return rpc
}
