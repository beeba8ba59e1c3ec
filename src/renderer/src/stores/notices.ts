/** Toasts: what happened outside the view. An error stays until it is read; a fact leaves by itself. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { errorWords } from '@shared/format/error-words'

export interface Notice {
  readonly id: number
  readonly kind: 'ok' | 'error'
  readonly title: string
  readonly detail: string
}

/** For seeing that there is one, and for each letter. */
const SECONDS_TO_SEE = 3
const SECONDS_A_LETTER = 0.04

/** How long a fact stays. */
export const secondsToRead = ({ title, detail }: Pick<Notice, 'title' | 'detail'>): number =>
  SECONDS_TO_SEE + SECONDS_A_LETTER * (title.length + detail.length)

/** Beside a new one. */
const MOST_OTHERS = 3

/** Facts make room, the oldest first; an error stays however many there are. */
function withoutOldFacts(notices: readonly Notice[]): Notice[] {
  const facts = notices.filter((n) => n.kind === 'ok')
  const surplus = facts.slice(0, Math.max(0, notices.length - MOST_OTHERS))
  return notices.filter((n) => !surplus.includes(n))
}

export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  let lastId = 0

  function add(kind: Notice['kind'], title: string, detail: string): void {
    const isSame = (n: Notice): boolean => n.kind === kind && n.title === title && n.detail === detail
    const others = notices.value.filter((n) => !isSame(n))
    notices.value = [...withoutOldFacts(others), { id: ++lastId, kind, title, detail }]
  }

  const dismiss = (id: number): void => {
    notices.value = notices.value.filter((n) => n.id !== id)
  }

  const tell = (title: string, detail = ''): void => add('ok', title, detail)
  const fail = (title: string, error: unknown): void => add('error', title, errorWords(error))

  /** Runs `work`; when it fails, says so in one line and answers undefined. */
  async function attempt<T>(title: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      fail(title, error)
      return undefined
    }
  }

  return { notices, dismiss, tell, fail, attempt }
})
