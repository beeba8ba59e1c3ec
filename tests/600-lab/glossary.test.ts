import { readFileSync } from 'node:fs'
import { COUNTERS } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'
import { describe, expect, it } from 'vitest'

describe('docs/glossary.md', () => {
  /** Columns are padded for reading; here they are not. */
  const text = readFileSync('docs/glossary.md', 'utf8').replace(/ +/g, ' ')

  it('lists every counter with the meaning the source gives it', () => {
    for (const { id, title, unit, meaning } of COUNTERS) {
      expect(text).toContain(`| ${title} | \`${id}\` | ${meaning} | ${unit} |`)
    }
  })

  it('lists every derived value with its formula', () => {
    for (const { id, formula } of DERIVED) expect(text).toMatch(new RegExp(`\`${id}\` \\| \`${formula}\``))
  })
})
