/**
 * A cache of the paper's simulators, written as plainly as can be: a set is a list of ways. The page walk caches
 * are made of the same device, with 8 for the line.
 */
export type Answer = 'MEMORY' | 'L1' | 'L2' | 'LLC'

interface Way {
  line: bigint | null
  age: number
}

/** What an answer of the level below is called one level up. */
const ONE_FURTHER: Record<Answer, Answer> = { L1: 'L2', L2: 'LLC', LLC: 'LLC', MEMORY: 'MEMORY' }

export interface NaiveCacheShape {
  readonly sets: number
  readonly ways: number
  /** Bytes of a line; keys in the case of a page walk cache. */
  readonly line: number
  readonly parent?: NaiveArtifactCache
  readonly prefetchesNextLine?: boolean
}

export class NaiveArtifactCache {
  hits = 0
  misses = 0
  prefetchHits = 0
  prefetchMisses = 0
  childHits = 0
  private lastLine: bigint | null = null
  private readonly ways = new Map<bigint, Way[]>()

  constructor(private readonly shape: NaiveCacheShape) {}

  /** Each line that [address, address + size) touches, in order. The answer is that of the last one. */
  request(address: bigint, size: number, isPrefetch = false): Answer {
    const first = this.lineOf(address)
    const last = this.lineOf(address + BigInt(size) - 1n)
    if (first === last && first === this.lastLine) {
      this.count(true, isPrefetch)
      return 'MEMORY'
    }
    let answer: Answer = 'MEMORY'
    for (let line = first; line <= last; line++) answer = this.requestLine(line, isPrefetch)
    return answer
  }

  clearCounters(): void {
    this.hits = this.misses = this.prefetchHits = this.prefetchMisses = this.childHits = 0
  }

  private requestLine(line: bigint, isPrefetch: boolean): Answer {
    const isHit = this.set(line).some((way) => way.line === line)
    this.count(isHit, isPrefetch)
    if (isHit) this.touch(line)
    const answer = isHit ? 'L1' : this.fetch(line, isPrefetch)
    if (!isHit && !isPrefetch && this.shape.prefetchesNextLine) this.request(this.start(line + 1n), 1, true)
    this.lastLine = line
    return answer
  }

  /** From the level below, into this one. */
  private fetch(line: bigint, isPrefetch: boolean): Answer {
    const below = this.shape.parent?.request(this.start(line), 1, isPrefetch) ?? 'MEMORY'
    const victim = this.victim(line)
    victim.line = line
    victim.age = 1
    this.touch(line)
    return ONE_FURTHER[below]
  }

  private victim(line: bigint): Way {
    const set = this.set(line)
    const oldest = Math.max(...set.map((way) => way.age))
    const found = set.find((way) => way.line === null) ?? set.find((way) => way.age === oldest)
    if (!found) throw new Error('a set has no ways')
    return found
  }

  /** The rule on a hit. Ways that hold nothing age too. */
  private touch(line: bigint): void {
    const own = this.set(line).find((way) => way.line === line)
    if (!own || own.age === 0) return
    for (const way of this.set(line)) if (way !== own && way.age <= own.age) way.age++
    own.age = 0
  }

  private count(isHit: boolean, isPrefetch: boolean): void {
    if (isPrefetch && isHit) this.prefetchHits++
    else if (isPrefetch) this.prefetchMisses++
    else if (isHit) this.hits++
    else this.misses++
    if (isHit && this.shape.parent) this.shape.parent.childHits++
  }

  private set(line: bigint): Way[] {
    const number = line % BigInt(this.shape.sets)
    const known = this.ways.get(number)
    if (known) return known
    const made = Array.from({ length: this.shape.ways }, () => ({ line: null, age: 0 }))
    this.ways.set(number, made)
    return made
  }

  private lineOf(address: bigint): bigint {
    return address / BigInt(this.shape.line)
  }

  private start(line: bigint): bigint {
    return line * BigInt(this.shape.line)
  }
}
