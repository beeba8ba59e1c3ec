/** The replacement policies by name: a new one is one file and one line here. */
import type { Replacement } from '@shared/model/hardware-profile'
import { CountedLru } from './counted-lru'
import { Lfu } from './lfu'
import { Lru } from './lru'
import type { ReplacementPolicy } from './replacement'

const POLICIES: Partial<Record<Replacement, new (sets: number, ways: number) => ReplacementPolicy>> = {
  lru: Lru,
  lfu: Lfu,
  'counted-lru': CountedLru
}

export type PolicyName = Replacement

export function replacementPolicy(name: PolicyName, sets: number, ways: number): ReplacementPolicy {
  const Policy = POLICIES[name]
  if (Policy === undefined) throw new Error(`replacementPolicy: there is no ${name}`)
  return new Policy(sets, ways)
}
