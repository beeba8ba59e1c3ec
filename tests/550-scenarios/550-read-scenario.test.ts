/** What a scenario file may hold, and the line for what it may not. */
import { readScenario } from '@main/scenarios/read-scenario'
import { VERBS } from '@shared/model/scenario'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aScenarioFile } from '../builders/a-scenario'

const touch = { touch: 'table' }

function lineFor(value: unknown): string {
  try {
    readScenario(value, 'my.json')
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'none'
}

const lineForSteps = (...steps: unknown[]): string => lineFor(aScenarioFile(steps))
const nested = (depth: number): unknown =>
  Array.from({ length: depth }).reduce<unknown>((inner) => ({ repeat: 2, steps: [inner] }), touch)

describe('readScenario()', () => {
  it.each<[string, unknown, string]>([
    ['a list', [], 'scenario is no object (my.json), write { "schema": ... }'],
    ['no schema', { title: 'T' }, 'scenario schema is missing (my.json), give dmt-lab/scenario@1'],
    [
      'another schema',
      aScenarioFile([touch], { schema: 'dmt-lab/run@1' }),
      'scenario schema is not accepted'
    ],
    ['an unknown member', aScenarioFile([touch], { lop: true }), 'scenario has the unknown member "lop"'],
    ['no steps', aScenarioFile([]), 'scenario steps is empty (my.json), give a step'],
    ['steps of another kind', aScenarioFile({}), 'scenario steps is no list of steps'],
    [
      'an area without a size',
      aScenarioFile([touch], { areas: [{ name: 'a' }] }),
      'scenario areas[0].size is missing (my.json), give a share such as "12.5%"'
    ],
    ['areas of another kind', aScenarioFile([touch], { areas: 3 }), 'scenario areas is no array'],
    ['too many areas', aScenarioFile([touch], { areas: Array(257).fill({}) }), 'scenario areas']
  ])('refuses %s', (_, value, line) => {
    expect(lineFor(value)).toContain(line)
  })

  it.each<[string, unknown, string]>([
    ['a step of another kind', 7, 'scenario steps[0] is no object (my.json)'],
    [
      'a step without a verb',
      { note: 'x' },
      'scenario steps[0] has no verb (my.json), give one of touch, mmap'
    ],
    [
      'two verbs',
      { mmap: 'a', munmap: 'a' },
      'steps[0] has the verbs mmap and munmap (my.json), make two steps'
    ],
    ['an unknown member', { ...touch, stors: 1 }, 'steps[0] has the unknown member "stors"'],
    [
      'a size of zero',
      { mmap: 'a', size: 0 },
      'scenario steps[0].size is not a size (my.json), give a share'
    ],
    ['a size without a unit', { mmap: 'a', size: '64M' }, 'steps[0].size is not a size'],
    ['a share over nothing', { mmap: 'a', size: '1/0' }, 'steps[0].size is not a size'],
    ['a part of another kind', { ...touch, part: 1 }, 'steps[0].part is no object'],
    ['a part with a wrong start', { ...touch, part: { from: -1 } }, 'steps[0].part.from is not a size'],
    ['a name with a control character', { mmap: 'a\u001b[2J', size: 1 }, 'steps[0].mmap is not a name'],
    ['a share above 1', { ...touch, stores: 1.5 }, 'steps[0].stores is no share (my.json), give a number'],
    ['a count of none', { ...touch, count: 0 }, 'steps[0].count is not a count (my.json), give "all"'],
    [
      'an unknown pattern',
      { ...touch, pattern: 'spiral' },
      'steps[0].pattern is not accepted (my.json), give one'
    ],
    [
      'a name of Object',
      { mprotect: 'table', protection: 'toString' },
      'steps[0].protection is not accepted'
    ],
    ['an unknown advice', { madvise: 'table', advice: 'maybe' }, 'give one of dontneed, hugepage'],
    ['an unknown environment', { ...touch, only: ['cloud'] }, 'steps[0].only is not accepted'],
    ['one environment twice', { ...touch, only: ['native', 'native'] }, 'steps[0].only is not accepted'],
    ['exit false', { exit: false }, 'steps[0].exit is not accepted (my.json), give true'],
    ['a layer that never is', { compact: 'L3' }, 'steps[0].compact is not accepted'],
    ['a repeat without steps', { repeat: 2 }, 'steps[0].steps is no list of steps'],
    [
      'a size in a repeat',
      { repeat: 2, steps: [touch, { mmap: 'a', size: {} }] },
      'scenario steps[0].steps[1].size is not a size (my.json)'
    ],
    ['a repeat without an end', { repeat: 1e10, steps: [touch] }, 'steps[0].repeat is not a count'],
    ['repeats beyond the deepest', nested(9), '.steps is nested too deep (my.json), nest at most 8 repeats']
  ])('refuses %s', (_, step, line) => {
    expect(lineForSteps(step)).toContain(line)
  })

  it('takes repeats of the greatest depth, and 4096 steps in all but no more', () => {
    expect(lineForSteps(nested(8))).toBe('none')
    expect(lineForSteps(...Array<unknown>(4096).fill(touch))).toBe('none')
    const half = { repeat: 2, steps: Array<unknown>(2048).fill(touch) }
    expect(lineForSteps(half, half)).toContain('is too long (my.json), give at most 4096 steps')
  })

  it('reads a share, a fraction and bytes', () => {
    const { steps } = readScenario(
      aScenarioFile(['12.5%', '1/8', '64MiB', 4096].map((size, i) => ({ mmap: `a${i}`, size }))),
      'my.json'
    )
    expect(steps.map((step) => (step.verb === 'mmap' ? step.ask.size : null))).toEqual([
      { share: 0.125 },
      { share: 0.125 },
      { bytes: 2 ** 26 },
      { bytes: 4096 }
    ])
  })

  it('ends in one printable line for any JSON, near to a scenario or far from it', () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    const member = fc.constantFrom('size', 'part', 'count', 'only', 'steps', 'repeat', ...VERBS)
    const step = fc.dictionary(fc.oneof(member, fc.string()), value, { maxKeys: 4 })
    const file = fc.oneof(
      value,
      fc.array(fc.oneof(step, value), { maxLength: 3 }).map((steps) => aScenarioFile(steps)),
      fc.dictionary(fc.string(), value).map((more) => aScenarioFile([touch], more))
    )
    fc.assert(
      fc.property(file, (one) => {
        expect(lineFor(one)).toMatch(/^[\x20-\x7e]+$/)
      }),
      { numRuns: 3000 }
    )
  })
})
