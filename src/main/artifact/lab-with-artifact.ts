/** The whole lab: that of sessions, and the calls about files of the artifact published with DMT. */
import type { LabEvents, ReplayChoice } from '@shared/contract/lab-contract'
import type { ArtifactReplay } from '@shared/model/paper-tools'
import { UserError } from '@shared/model/user-error'
import { createSessionLab } from '../lab/lab'
import type { LabHost, LabWithoutDesk } from '../lab/ports'
import { progressMeter } from '../lab/progress'
import { lookAtFiles } from './look'
import { replay } from './replay'
import { replayedResult } from './replayed-result'

/** Others wait no longer for their turn, give or take a slice. */
const MS_AT_A_TIME = 15

export function createLab(host: LabHost): LabWithoutDesk {
  const sessions = createSessionLab(host)
  const listeners = new Set<LabEvents>()
  const replays = new Replays(host, (progress) => {
    for (const listener of listeners) listener['session/progress'](progress)
  })
  return {
    calls: {
      ...sessions.calls,
      'artifact/look': async (tokens, frameNumbers) => lookAtFiles(tokens, frameNumbers, host),
      'artifact/replay': (choice) => replays.begin(choice),
      'artifact/cancel': async () => replays.cancel()
    },
    subscribe(listener) {
      listeners.add(listener)
      const unsubscribe = sessions.subscribe(listener)
      return () => {
        listeners.delete(listener)
        unsubscribe()
      }
    },
    async close() {
      replays.cancel()
      await sessions.close()
    }
  }
}

/** One replay at a time. */
class Replays {
  private abort = new AbortController()

  constructor(
    private readonly host: LabHost,
    private readonly tell: LabEvents['session/progress']
  ) {}

  cancel(): void {
    this.abort.abort()
  }

  async begin({ trace, tables, hostTables, frameNumbers }: ReplayChoice): Promise<ArtifactReplay> {
    this.cancel()
    const abort = (this.abort = new AbortController())
    const now = (): number => performance.now()
    try {
      const files = {
        trace: await this.host.openFile(trace),
        tables: await this.host.openFile(tables),
        hostTables: hostTables === null ? null : await this.host.openFile(hostTables)
      }
      const onProgress = progressMeter(this.tell, now)
      const pause = takingTurns(abort.signal, now)
      const played = await replay({ ...files, warmup: 0, frameNumbers, onProgress, pause })
      return replayedResult(files.trace.name, played)
    } finally {
      if (this.abort === abort) this.tell(null)
    }
  }
}

/** Gives the thread to whoever waits for it, when the work has gone on for long enough. */
function takingTurns(signal: AbortSignal, now: () => number): () => Promise<void> {
  let since = now()
  return async () => {
    if (now() - since < MS_AT_A_TIME) return
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (signal.aborted) throw new UserError('the replay was cancelled', '', 'press Replay to begin it again')
    since = now()
  }
}
