/** Binds a lab to a message channel: the one place where the calls of a window enter the main process. */
import { createBirpc } from 'birpc'
import type { z } from 'zod'
import { packetSchema, type MessageChannelEnd, type Packet } from '@shared/contract/channel'
import { labContract, type CallName, type LabEvents } from '@shared/contract/lab-contract'
import type { Lab } from '../lab/ports'
import { failureOf, logDefect, Refusal } from './failed-call'
import { joinSnapshots, Outbox } from './outbox'

/**
 * Answers the calls and forwards the events until the returned function is called. The lab itself stays open.
 * A bad call is refused to its caller; bytes that are no call at all are passed over, as nobody waits for them.
 */
export function bindLab(lab: Lab, channel: MessageChannelEnd): () => void {
  const rpc = createBirpc<LabEvents, Record<string, never>>(
    {},
    {
      timeout: -1,
      post: (packet: Packet) => channel.post(packet),
      on: (listener) => channel.onMessage(listener),
      serialize: withFailure,
      deserialize: (message: unknown) => packetSchema.parse(message),
      resolver: (name) => answering(lab, name),
      onFunctionError: logDefect,
      onGeneralError: (error, call) => {
        if (call !== undefined) logDefect(error)
        return true
      }
    }
  )
  const unsubscribe = lab.subscribe(forwarding(rpc))
  return () => {
    unsubscribe()
    rpc.$close()
  }
}

/** Errors lose their class on the way; failures are plain data. */
const withFailure = (packet: Packet): Packet =>
  packet.t === 's' && packet.e !== undefined ? { ...packet, e: failureOf(packet.e) } : packet

const isCallName = (name: string): name is CallName => Object.hasOwn(labContract, name)

/** The lab's own function behind a check of its arguments; for any other name one that refuses. */
function answering(lab: Lab, name: string): (...args: unknown[]) => Promise<unknown> {
  return async (...args) => {
    if (!isCallName(name)) throw new Refusal(`there is no call ${JSON.stringify(name.slice(0, 60))}`)
    const checked = labContract[name].args.safeParse(args)
    if (!checked.success)
      throw new Refusal(`${name} does not take these arguments: ${firstProblem(checked.error)}`)
    const call = lab.calls[name] as (...checkedArgs: unknown[]) => Promise<unknown>
    return call(...checked.data)
  }
}

function firstProblem(error: z.ZodError): string {
  const [{ path, message }] = error.issues
  const where = path.length > 0 ? ` at ${path.join('.').slice(0, 60)}` : ''
  return message.slice(0, 120) + where
}

type Remote = { [Name in keyof LabEvents]: (...args: Parameters<LabEvents[Name]>) => Promise<void> }

/** Events are sent as calls, so that their answers tell how fast the window reads. */
function forwarding(remote: Remote): LabEvents {
  const snapshots = new Outbox((snapshot) => remote['session/snapshot'](snapshot), joinSnapshots)
  const progress = new Outbox(remote['session/progress'], (_, newest) => newest)
  return {
    'session/snapshot': (snapshot) => snapshots.put(snapshot),
    'session/progress': (state) => progress.put(state),
    'session/failed': (problem) => void remote['session/failed'](problem).catch(() => undefined),
    // At most ten a second and file, and the last of each must not be joined away.
    'trace/progress': (reading) => void remote['trace/progress'](reading).catch(() => undefined)
  }
}
