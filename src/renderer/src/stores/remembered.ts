/** What was offered once and need not be again. A browser may refuse to keep it; then it lasts as long as the window. */
const PREFIX = 'dmt-lab.seen.'

export function hasSeen(name: string): boolean {
  try {
    return globalThis.localStorage?.getItem(PREFIX + name) === 'true'
  } catch {
    return false
  }
}

export function markSeen(name: string): void {
  try {
    globalThis.localStorage?.setItem(PREFIX + name, 'true')
  } catch {
    return
  }
}
