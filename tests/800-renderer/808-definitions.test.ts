import { describe, expect, it } from 'vitest'
import { COUNTERS } from '@shared/stats/counters'
import { DERIVED } from '@shared/stats/derived'
import { ALL_MEASURES } from '@renderer/charts/measures'
import { definitionOf, helpPagesOf } from '@renderer/composables/definition'
import { tileMeaning } from '@renderer/composables/lane-tiles'
import { entryOf } from '@renderer/help/entries'

describe('what a tile means', () => {
  it('writes a ratio over the titles of its counters, each with its meaning', () => {
    const definition = definitionOf('referencesPerWalk')
    expect(definition?.formula).toBe('Walk references ÷ Walks')
    expect(definition?.unit).toBe('references')
    expect(definition?.terms.map((term) => term.id)).toEqual(['walkReferences', 'walks'])
  })

  it('knows every ratio by counters alone: no id is left in its formula', () => {
    const ids = new Set<string>(COUNTERS.map((counter) => counter.id))
    for (const { id } of DERIVED) {
      const definition = definitionOf(id)
      expect(definition?.terms.length, id).toBeGreaterThan(1)
      const words = definition?.formula.match(/[a-z]+[A-Z][A-Za-z]*/g) ?? []
      expect(words.filter((word) => ids.has(word))).toEqual([])
    }
  })

  it('says what a counter counts', () => {
    expect(definitionOf('walks')?.formula).toBe(tileMeaning('walks'))
    expect(definitionOf('walks')?.terms).toEqual([])
    expect(definitionOf('nothing')).toBeNull()
  })

  it('leads from every chart and every result to pages of Help, by itself or by its counters', () => {
    const ids = [...ALL_MEASURES, ...DERIVED, ...COUNTERS].map(({ id }) => id)
    for (const id of ['speedup', ...ids]) {
      const { terms = [] } = definitionOf(id) ?? {}
      const pages = [...helpPagesOf(id), ...terms.flatMap((term) => entryOf(`number/${term.id}`) ?? [])]
      expect(pages.length, id).toBeGreaterThan(0)
    }
    expect(helpPagesOf('speedup').map(({ name }) => name)).toEqual(['pageWalkSpeedup', 'applicationSpeedup'])
    expect(helpPagesOf('cyclesPerReference')).toEqual([])
  })
})
