/** A run from beginning to end without a window: the command line's use of a session. */
import type { RunResult } from '@shared/model/result'
import type { Progress } from '@shared/model/snapshot'
import type { LabSpec } from '@shared/model/spec'
import type { LabHost } from './ports'
import { progressMeter } from './progress'
import { Session } from './session/session'

export interface RunHooks {
  onProgress(progress: Progress): void
  /** Cancels: the run stops at the next barrier and its result is marked partial. */
  readonly signal: AbortSignal
}

/** @throws UserError for bad input; TranslationDefect when `verify` finds a wrong translation */
export async function runToEnd(spec: LabSpec, host: LabHost, hooks: RunHooks): Promise<RunResult> {
  const report = progressMeter(
    (progress) => hooks.onProgress(progress),
    () => performance.now()
  )
  const session = await Session.prepare(
    spec,
    host,
    {
      snapshot: (s) =>
        report('Running', Math.min(s.references, s.referencesTotal), s.referencesTotal, 'references'),
      failed: () => undefined
    },
    report,
    hooks.signal
  )
  const onAbort = (): void => void session.cancel('cancelled')
  hooks.signal.addEventListener('abort', onAbort)
  try {
    if (hooks.signal.aborted) await session.cancel('cancelled')
    await session.run()
    if (session.failure) throw session.failure
    return await session.result()
  } finally {
    hooks.signal.removeEventListener('abort', onAbort)
    await session.close()
  }
}
