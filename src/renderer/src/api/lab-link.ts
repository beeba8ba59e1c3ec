/** One connection to the lab: questions out, answers and events in. */
import { createBirpc } from 'birpc'
import type { MessageChannelEnd } from '@shared/contract/channel'
import type { Failure } from '@shared/contract/failure'
import type { CallName, LabCalls, LabEvents } from '@shared/contract/lab-contract'
import { LabError } from './lab-error'

export interface LabLink {
  call(name: CallName, args: unknown[]): Promise<unknown>
  /** Calls without an answer yet are rejected with the reason. */
  close(reason: LabError): void
}

export function openLink(channel: MessageChannelEnd, events: LabEvents): LabLink {
  const rpc = createBirpc<LabCalls, LabEvents>(events, {
    // Preparing an experiment may take minutes.
    timeout: -1,
    bind: 'functions',
    post: (packet: unknown) => channel.post(packet),
    on: (listener) => channel.onMessage(listener)
  })
  return {
    call: async (name, args) => {
      try {
        return await rpc.$callRaw({ method: name, args })
      } catch (error) {
        throw labError(error)
      }
    },
    close: (reason) => rpc.$close(reason)
  }
}

const isFailure = (value: unknown): value is Failure =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  'message' in value &&
  !(value instanceof Error)

/** What the lab said, what closed the connection, or else a message that could not be sent. */
function labError(error: unknown): LabError {
  if (error instanceof LabError) return error
  if (isFailure(error)) return new LabError(error.kind, error.message)
  return new LabError('connection', 'the lab could not be reached, reload the window')
}

/** For answers that come another way than as a message. */
export const failureToError = (value: unknown): LabError => labError(value)
