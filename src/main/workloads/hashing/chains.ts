/**
 * A hash table with chains of which nothing is stored. Each bucket has a number of slots, and a bijection takes keys
 * to slots of all buckets: a Feistel network, so that it can be run backwards and a bucket asked which keys it
 * holds. Keys are fewer than slots, and chains as long as those of a random function but for one in so many slots.
 */
import { mix32 } from '@shared/random/mix32'
import { RandomWords } from '@shared/random/random-words'

const ROUNDS = 4
const LEAST_SLOT_BITS = 5

export class Chains {
  private readonly slots: number
  /** Values that either half of the network has. */
  private readonly span: number
  private readonly rounds: readonly number[]

  /**
   * @param keys 1..2^36
   * @param buckets a power of two
   */
  constructor(
    private readonly keys: number,
    readonly buckets: number,
    seed: number
  ) {
    const bits = Math.ceil((Math.log2(buckets) + LEAST_SLOT_BITS) / 2)
    this.span = 2 ** Math.max(bits, Math.ceil(Math.log2(keys) / 2))
    this.slots = this.span ** 2 / buckets
    const random = new RandomWords(seed)
    this.rounds = Array.from({ length: ROUNDS }, () => random.next())
  }

  bucketOf(key: number): number {
    return Math.floor(this.slotOf(key) / this.slots)
  }

  /** Keys of a bucket, the last inserted first: keys go in ascending, and each to the front of its chain. */
  chain(bucket: number): number[] {
    const chain: number[] = []
    for (let slot = 0; slot < this.slots; slot++) {
      const key = this.keyAt(bucket * this.slots + slot)
      if (key < this.keys) chain.push(key)
    }
    return chain.sort((a, b) => b - a)
  }

  private slotOf(key: number): number {
    const { span, rounds } = this
    let left = Math.floor(key / span)
    let right = key % span
    for (const round of rounds) {
      const next = left ^ (mix32(right + round) % span)
      left = right
      right = next
    }
    return left * span + right
  }

  private keyAt(slot: number): number {
    const { span, rounds } = this
    let left = Math.floor(slot / span)
    let right = slot % span
    for (let i = rounds.length - 1; i >= 0; i--) {
      const before = right ^ (mix32(left + rounds[i]) % span)
      right = left
      left = before
    }
    return left * span + right
  }
}
