/** The end of a request between layers: an icon, a word, and how it looks. */
import type { Conversation } from '@shared/model/conversation'
import type { IconName } from '@renderer/components/ui-icon.vue'

export interface ResultLook {
  readonly icon: IconName
  readonly tone: 'ok' | 'warn' | 'bad'
  /** What the word means. */
  readonly meaning: string
}

/** `denied, the longest free run is 6,912`; the outcome alone where it says the result itself. */
export const endOf = ({ result, outcome }: Pick<Conversation, 'result' | 'outcome'>): string => {
  if (outcome === '') return result
  return outcome.startsWith(result) ? outcome : `${result}, ${outcome}`
}

export const RESULT_LOOKS: Record<Conversation['result'], ResultLook> = {
  granted: { icon: 'check', tone: 'ok', meaning: 'The layer asked for contiguous frames and got them.' },
  denied: {
    icon: 'warning',
    tone: 'warn',
    meaning:
      'The frames were not given, for the reason told. What the layer had, or frames of its own, serve instead.'
  },
  fallback: {
    icon: 'warning',
    tone: 'warn',
    meaning: 'No TEA could be made or grow, so ordinary tables serve.'
  },
  split: {
    icon: 'warning',
    tone: 'warn',
    meaning: 'No free run was long enough for the whole, so the area has several TEAs.'
  },
  migrated: { icon: 'arrow', tone: 'ok', meaning: 'The entries moved to another place in physical memory.' },
  revoked: { icon: 'close', tone: 'warn', meaning: 'Frames that were granted before were taken back.' },
  refused: {
    icon: 'close',
    tone: 'bad',
    meaning: 'The register named something that is not the guest’s own.'
  }
}

/** Conversations that a lane had and no longer keeps: they are numbered from 1 on. */
export const notKept = (calls: readonly Conversation[]): number => (calls.at(-1)?.n ?? 0) - calls.length
