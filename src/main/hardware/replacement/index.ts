/** The replacement policies by name: a new one is one file and one line here. */
import { Lru } from './lru'
import type { ReplacementPolicy } from './replacement'

const POLICIES = {
  lru: (sets: number, ways: number): ReplacementPolicy => new Lru(sets, ways)
} as const

export type PolicyName = keyof typeof POLICIES

export const replacementPolicy = (name: PolicyName, sets: number, ways: number): ReplacementPolicy =>
  POLICIES[name](sets, ways)
