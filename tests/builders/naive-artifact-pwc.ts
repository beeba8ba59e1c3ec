import { NaiveArtifactCache } from './naive-artifact-cache'

export type Level = 1 | 2 | 3 | 4

/** Bits to the right of the index of a level, 1 being the root. */
export const shiftOf = (level: Level): bigint => 12n + 9n * BigInt(4 - level)

/** A set of three page walk caches of the paper's simulators; their "line" is eight neighbouring indices. */
export class NaiveArtifactPwc {
  readonly levels = {
    1: new NaiveArtifactCache({ sets: 2, ways: 1, line: 8 }),
    2: new NaiveArtifactCache({ sets: 1, ways: 4, line: 8 }),
    3: new NaiveArtifactCache({ sets: 8, ways: 4, line: 8 })
  }

  /** Asks all three. The deepest level that was found, or 0. */
  lookup(address: bigint): number {
    const found = ([3, 2, 1] as const).filter((level) => this.isFound(level, address))
    return Math.max(0, ...found)
  }

  private isFound(level: 1 | 2 | 3, address: bigint): boolean {
    return this.levels[level].request(address >> shiftOf(level), 1) === 'L1'
  }
}
