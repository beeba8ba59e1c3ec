import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anArtifactCase } from '../builders/an-artifact-case'
import { lab } from '../builders/artifact-players'
import { golden, goldenCase, GOLDEN_CASES, GOLDEN_MODES } from '../builders/golden-case'
import { naiveArtifactText, type ArtifactCase } from '../builders/naive-artifact-replay'

/** The text, or the guest table page that the host has no row of. */
function naiveOutcome(given: ArtifactCase): string {
  try {
    return naiveArtifactText(given)
  } catch (error) {
    return pageIn(error)
  }
}

const labOutcome = (given: ArtifactCase, chunkBytes: number): Promise<string> =>
  lab(given, chunkBytes).catch((error: unknown) => {
    expect(error).toBeInstanceOf(UserError)
    return pageIn(error)
  })

const pageIn = (error: unknown): string =>
  `no host row of ${/page (0x)?([0-9a-f]+)/.exec((error as Error).message)?.[2] ?? String(error)}`

describe('the lab’s replay', () => {
  it('says what the naive one says, in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(anArtifactCase, fc.integer({ min: 1, max: 3000 }), async (given, chunkBytes) => {
        expect(await labOutcome(given, chunkBytes)).toBe(naiveOutcome(given))
      }),
      { numRuns: 2000 }
    )
  }, 180_000)
})

describe.each(GOLDEN_CASES)('the lab’s replay of %s', (name) => {
  it.each(GOLDEN_MODES)('is what the paper’s simulator printed, %s', async (mode) => {
    expect(await lab(goldenCase(name, mode), 65_536)).toBe(golden(name, mode).text)
  })
})
