/** Ctrl+C and its like, from a terminal or from a parent process. */
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** One press may come twice: from the terminal, and handed on by a parent such as npm. */
const SAME_PRESS_MILLISECONDS = 500

/** Calls once; a second press ends the process at once. Returns what stops listening. */
export function onInterrupt(listener: () => void): () => void {
  let pressedAt: number | undefined
  const heard = (signal: (typeof SIGNALS)[number]): void => {
    const now = performance.now()
    if (pressedAt === undefined) {
      pressedAt = now
      listener()
    } else if (now - pressedAt > SAME_PRESS_MILLISECONDS) process.exit(128 + constants.signals[signal])
  }
  for (const signal of SIGNALS) process.on(signal, heard)
  return () => SIGNALS.forEach((signal) => process.off(signal, heard))
}
