/** The replacement policies by name: a new one is one file and one line here. */
import type { Replacement } from '@shared/model/hardware-profile'
import { CountedLru } from './counted-lru'
import { Lfu } from './lfu'
import { Lru } from './lru'
import { TreePlru } from './plru'
import type { ReplacementPolicy } from './replacement'

const POLICIES: Record<Replacement, new (sets: number, ways: number) => ReplacementPolicy> = {
  lru: Lru,
  plru: TreePlru,
  lfu: Lfu,
  'counted-lru': CountedLru
}

export type PolicyName = Replacement

export const replacementPolicy = (name: PolicyName, sets: number, ways: number): ReplacementPolicy =>
  new POLICIES[name](sets, ways)
