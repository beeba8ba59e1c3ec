import { replacementPolicy, type PolicyName } from '../replacement'
import type { ReplacementPolicy } from '../replacement/replacement'
import type { Tags, TagSets } from './tag-sets'

/** Sets under any replacement policy: a tag keeps its way until it is replaced. */
export class PolicySets implements TagSets {
  private readonly policy: ReplacementPolicy

  constructor(
    private readonly tags: Tags,
    sets: number,
    private readonly ways: number,
    policy: PolicyName
  ) {
    this.policy = replacementPolicy(policy, sets, ways)
  }

  access(set: number, tag: number): boolean {
    const way = this.wayOf(set, tag)
    if (way >= 0) {
      this.policy.touch(set, way)
      return true
    }
    const victim = this.policy.victim(set)
    this.tags[set * this.ways + victim] = tag
    this.policy.filled(set, victim)
    return false
  }

  contains(set: number, tag: number): boolean {
    return this.wayOf(set, tag) >= 0
  }

  load(set: number): number {
    const first = set * this.ways
    return this.tags[first] + this.tags[first + this.ways - 1]
  }

  /** The way that holds the tag, or -1. */
  private wayOf(set: number, tag: number): number {
    const tags = this.tags
    const first = set * this.ways
    const end = first + this.ways
    for (let i = first; i < end; i++) if (tags[i] === tag) return i - first
    return -1
  }
}
