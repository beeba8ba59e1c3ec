import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENTRIES, entryOf } from '@renderer/help/entries'
import { pictureOf } from '@renderer/help/pictures'
import { HEIGHT, WIDTH, type Shape } from '@renderer/help/pictures/shapes'
import { relatedTo } from '@renderer/help/related'
import { SHOWN } from '@renderer/help/shown'
import { MEASURES } from '@renderer/charts/measures'
import { readGlossary, slugOf } from '@shared/glossary/read-glossary'
import { COUNTERS } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'

const picture = ({ name, kind }: (typeof ENTRIES)[number]) =>
  pictureOf(name, kind === 'term' ? 'term' : 'number')

describe('the reader of the glossary', () => {
  const cell = fc.stringMatching(/^[a-z][a-z0-9 ,.-]{0,20}[a-z]$/)
  it('gives back every row that is written, whatever stands around the tables', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const lines = rows.map(([term, name, meaning]) => `| ${term} | \`${name}\` | ${meaning} |`)
        const page = [
          '# x',
          '',
          '## One',
          'text',
          '',
          '| term | identifier | meaning |',
          '| --- | --- | --- |'
        ]
        const read = readGlossary([...page, ...lines, '', 'text'].join('\n'))
        expect(read).toEqual(
          rows.map(([term, name, meaning]) => ({
            section: 'One',
            term,
            identifiers: [name],
            meaning,
            unit: ''
          }))
        )
      })
    )
  })
  it('makes addresses of letters, digits and single dashes', () => {
    expect(slugOf('gVA, gPA, hPA')).toBe('gva-gpa-hpa')
    expect(slugOf('1-D, 2-D, 3-D walk')).toBe('1-d-2-d-3-d-walk')
  })
})

describe('Help', () => {
  it('has a page for every row of the glossary, every counter and every ratio', () => {
    const text = readFileSync('docs/glossary.md', 'utf8')
    const rows = readGlossary(text)
    expect(ENTRIES).toHaveLength(rows.filter((row) => !isCounter(row)).length + COUNTERS.length)
    for (const { id } of [...COUNTERS, ...DERIVED]) expect(entryOf(`number/${id}`), id).toBeDefined()
  })
  const isCounter = ({ identifiers, unit }: { identifiers: readonly string[]; unit: string }): boolean =>
    unit !== '' && COUNTERS.some(({ id }) => id === identifiers[0])

  it('names no page twice, and each says what it means or how it is formed', () => {
    expect(new Set(ENTRIES.map(({ id }) => id)).size).toBe(ENTRIES.length)
    for (const { id, meaning, formula, kind, unit } of ENTRIES) {
      expect(meaning + formula, id).not.toBe('')
      if (kind !== 'term') expect(unit, id).not.toBe('')
    }
  })

  it('has a picture for every page, and a sentence for each picture', () => {
    const without = ENTRIES.filter((entry) => !picture(entry)).map(({ id }) => id)
    expect(without).toEqual([])
    for (const entry of ENTRIES) expect(picture(entry)?.says, entry.id).toMatch(/^(pvDMT|[A-Z]).{10,}\.$/s)
  })

  /** The widest fallback font takes about 6.1 px a character at 11 px. */
  const isInside = (shape: Shape): boolean => {
    if (shape.kind === 'box')
      return (
        shape.x >= 0 && shape.y >= 0 && shape.x + shape.width <= WIDTH && shape.y + shape.height <= HEIGHT
      )
    if (shape.kind === 'line')
      return shape.points.every(([x, y]) => x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT)
    const wide = shape.text.length * 6.1
    const left =
      shape.anchor === 'start' ? shape.x : shape.anchor === 'end' ? shape.x - wide : shape.x - wide / 2
    return left >= 0 && left + wide <= WIDTH && shape.y <= HEIGHT - 2
  }
  it('keeps every word and mark of a picture inside it', () => {
    const outside = ENTRIES.flatMap((entry) =>
      (picture(entry)?.shapes ?? [])
        .filter((shape) => !isInside(shape))
        .map((shape) => `${entry.id}: ${shape.kind === 'text' ? shape.text : JSON.stringify(shape)}`)
    )
    expect(outside).toEqual([])
  })

  it('leads from a ratio to the counters in it, and from no page to itself', () => {
    const related = relatedTo(entryOf('number/cyclesPerWalk') ?? ENTRIES[0]).map(({ id }) => id)
    expect(related.slice(0, 2)).toEqual(['number/walkCycles', 'number/walks'])
    for (const entry of ENTRIES) expect(relatedTo(entry)).not.toContain(entry)
  })

  it('defines every number that the window shows', () => {
    expect(SHOWN.filter(({ id }) => !entryOf(id))).toEqual([])
    const shown = new Set(SHOWN.map(({ id }) => id))
    for (const { id } of MEASURES) expect(shown).toContain(`number/${id}`)
  })
})
