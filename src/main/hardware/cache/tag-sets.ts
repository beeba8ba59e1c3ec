/** What a set-associative cache holds, set by set: which tags, and which of them leaves for a new one. */
import type { PolicyName } from '../replacement'
import { CountedSets, MOST_COUNTED_WAYS } from './counted-sets'
import { PolicySets } from './policy-sets'
import { RecencySets } from './recency-sets'

/** Tags by position, set after set. int32 where they fit; -1 is invalid. */
export type Tags = Int32Array | Float64Array

export interface TagSets {
  /** Is the tag in the set? A hit counts as use; on a miss it comes in, and what it replaces is dropped. */
  access(set: number, tag: number): boolean
  /** The same question, for panels: changes nothing. */
  contains(set: number, tag: number): boolean
  /** Reads the set's memory ahead of its use; changes nothing. The result means nothing. */
  load(set: number): number
}

/** @param tags as many as all sets have ways, all invalid */
export function tagSets(tags: Tags, sets: number, ways: number, policy: PolicyName): TagSets {
  if (policy === 'lru') return new RecencySets(tags, ways)
  if (policy === 'counted-lru' && ways <= MOST_COUNTED_WAYS) return new CountedSets(tags, ways)
  return new PolicySets(tags, sets, ways, policy)
}
