import { describe, expect, it } from 'vitest'
import {
  checkCounts,
  countLine,
  playwrightCounts,
  soakCounts,
  sum,
  vitestCounts
} from '../../../scripts/lib/counts.mjs'

const unit = (passed: number, failed: number, broken = 0): Parameters<typeof vitestCounts>[0] => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults: [
    ...Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] })),
    { status: failed > 0 ? 'failed' : 'passed', assertionResults: [{}] }
  ]
})

const stories = (
  expected: number,
  unexpected: number,
  flaky = 0
): Parameters<typeof playwrightCounts>[0] => ({
  stats: { expected, unexpected, flaky }
})

describe('counts', () => {
  it('counts a check as one test', () => {
    expect(checkCounts(0)).toEqual({ passed: 1, failed: 0 })
    expect(checkCounts(2)).toEqual({ passed: 0, failed: 1 })
    expect(checkCounts(null)).toEqual({ passed: 0, failed: 1 })
  })

  it('takes over what a runner counted', () => {
    expect(vitestCounts(unit(40, 0), 0)).toEqual({ passed: 40, failed: 0 })
    expect(vitestCounts(unit(38, 2), 1)).toEqual({ passed: 38, failed: 2 })
    expect(playwrightCounts(stories(7, 1), 1)).toEqual({ passed: 7, failed: 1 })
  })

  it('counts a file that does not load as a failure', () => {
    expect(vitestCounts(unit(38, 2, 1), 1)).toEqual({ passed: 38, failed: 3 })
  })

  it('counts a story that needed a second try as a failure', () => {
    expect(playwrightCounts(stories(7, 0, 2), 0)).toEqual({ passed: 7, failed: 2 })
  })

  it('fails a runner that ended in error though no test failed', () => {
    expect(vitestCounts(unit(40, 0), 1)).toEqual({ passed: 40, failed: 1 })
    expect(playwrightCounts(stories(7, 0), null)).toEqual({ passed: 7, failed: 1 })
  })

  it('fails a runner that executed no test or left no report', () => {
    const nothing = { passed: 0, failed: 1 }
    expect(vitestCounts(unit(0, 0), 0)).toEqual(nothing)
    expect(playwrightCounts(stories(0, 0), 0)).toEqual(nothing)
    expect(vitestCounts(undefined, 0)).toEqual(nothing)
    expect(playwrightCounts(undefined, 0)).toEqual(nothing)
  })

  it('counts what a soak looks at, and a soak that told nothing as a failure', () => {
    const verdicts = [{ passed: true }, { passed: false }, { passed: true }]
    expect(soakCounts({ verdicts }, 1)).toEqual({ passed: 2, failed: 1 })
    expect(soakCounts({ verdicts: [{ passed: true }] }, 0)).toEqual({ passed: 1, failed: 0 })
    expect(soakCounts({ verdicts: [] }, 0)).toEqual({ passed: 0, failed: 1 })
    expect(soakCounts(undefined, 0)).toEqual({ passed: 0, failed: 1 })
  })

  it('ends in one line', () => {
    const total = sum([checkCounts(0), vitestCounts(unit(38, 2), 1), playwrightCounts(stories(7, 0), 0)])
    expect(countLine(total)).toBe('46 passed, 2 failed')
  })
})
