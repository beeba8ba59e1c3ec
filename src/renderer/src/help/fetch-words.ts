/** One fetch of a drawn walk in words, and the sum of them. */
import { counted } from '@shared/format/counted'
import { formatCount } from '@shared/format/number'
import { DEPTH, LAYER_NAMES, type Environment } from '@shared/model/environment'
import type { WalkMeans, WalkRecord, WalkStep } from '@shared/model/walk-record'

/** The table read: a level, both levels of a node, or L0's table of gTEAs. */
export function tableWords({ by, level }: Pick<WalkStep, 'by' | 'level'>): string {
  if (by === 'node') return `levels ${level + 1} and ${level}`
  return level === 0 ? 'gTEA' : `level ${level}`
}

export const MEANS_WORDS: Record<WalkMeans, string> = {
  radix: 'entry before',
  register: 'register',
  node: 'entry before, in a node',
  hash: 'hash',
  prefetch: 'prefetch'
}

/** Short enough for a cell; a radix fetch is the usual one and says nothing. */
export function cellMeans(by: WalkMeans, fetches: number): string {
  if (by === 'hash') return fetches === 1 ? 'probe' : counted(fetches, 'probe')
  const word = { radix: '', register: 'register', node: 'node', prefetch: 'prefetch' }[by]
  return fetches === 1 || word === '' ? word : `${formatCount(fetches)} by ${word}`
}

export const servesWords = (step: Pick<WalkStep, 'for'>): string =>
  step.for === 'data' ? 'the page' : step.for

export function fetchNote(step: Pick<WalkStep, 'wasted' | 'notPresent'>): string {
  if (step.wasted) return 'wasted'
  return step.notPresent ? 'not present' : ''
}

type Sums = Pick<WalkRecord, 'references' | 'criticalReferences' | 'wastedReferences' | 'steps'>

/** How many references the walk makes and how many of them it waits for. */
export function countWords({ references, criticalReferences, wastedReferences, steps }: Sums): string {
  const wasted = wastedReferences > 0 ? ` ${counted(wastedReferences, 'reference')} more led nowhere.` : ''
  if (references === 0 && steps.length > 0) return 'These reads cost nothing and count as no reference.'
  if (references === 0) return `No reference: nothing is read to translate.${wasted}`
  if (references === 1) return `1 reference.${wasted}`
  if (references === criticalReferences)
    return `${counted(references, 'reference')}, one after another.${wasted}`
  const rest = references - criticalReferences
  return `${counted(references, 'reference')}. The walk waits for ${formatCount(criticalReferences)} of them, one after another; the other ${formatCount(rest)} run beside them.${wasted}`
}

/** Layers whose tables the walk does not read although it reads others; empty where it reads all or none. */
export function notReadWords({ steps }: Pick<WalkRecord, 'steps'>, environment: Environment): string {
  const read = new Set(steps.map(({ layer }) => layer))
  const not = LAYER_NAMES.slice(0, DEPTH[environment]).filter((layer) => !read.has(layer))
  return steps.length > 0 && not.length > 0 ? `No table of ${not.join(' or ')} is read.` : ''
}
