/** A chart that leaves the window: where its words stand, what they say, and what its file is called. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COLUMN } from '@renderer/charts/measures'
import { LaneRows } from '@renderer/charts/lane-rows'
import {
  layoutPicture,
  PICTURE_PAD,
  wrap,
  type PictureWords,
  type PlotBox,
  type TextLook
} from '@renderer/charts/picture-layout'
import { pictureName, pictureWords, specLine } from '@renderer/charts/picture-words'
import type { Scene } from '@renderer/charts/scene'
import { STRIP_TITLES, stripsOf } from '@renderer/charts/strips'
import { windowsOf } from '@renderer/charts/windows'
import { ENVIRONMENTS } from '@shared/model/environment'
import { SERIES_COLUMNS, SERIES_WIDTH, type SessionInfo } from '@shared/model/snapshot'
import { labSpecSchema } from '@shared/model/spec'
import { HARDWARE } from '../builders/fake-catalogue'
import { aWindow } from './window-stores'

/** As wide as its letters are many, in a type of its own for each look. */
const LETTER: Record<TextLook, number> = { title: 9, small: 7, micro: 6, tick: 6 }
const widthOf = (text: string, look: TextLook): number => LETTER[look] * text.length

const someWords = fc
  .array(fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 90 }), {
    minLength: 1,
    maxLength: 20
  })
  .map((words) => words.join(' '))

const aLegend = fc.array(
  fc.record({
    mark: fc.option(fc.record({ lane: fc.option(fc.integer({ min: 0, max: 3 })), dashed: fc.boolean() })),
    text: fc.string({ unit: fc.constantFrom(...'abc 1'), minLength: 1, maxLength: 30 })
  }),
  { minLength: 1, maxLength: 8 }
)

const somePictureWords: fc.Arbitrary<PictureWords> = fc.record({
  title: someWords,
  unit: someWords,
  legend: aLegend,
  spec: someWords,
  provenance: someWords
})

const aPlot: fc.Arbitrary<PlotBox> = fc
  .record({
    width: fc.integer({ min: 300, max: 1600 }),
    height: fc.integer({ min: 40, max: 400 }),
    ticks: fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 })
  })
  .map(({ width, height, ticks }) => ({
    width,
    height,
    from: 40,
    to: width - 80,
    ticks: ticks.map((at) => ({ at, text: '1 M' }))
  }))

describe('lines of words', () => {
  it('lose nothing and are no wider than they may be', () => {
    fc.assert(
      fc.property(someWords, fc.integer({ min: 6, max: 300 }), (text, width) => {
        const lines = wrap(text, width, (line) => 6 * line.length)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
        for (const line of lines) expect(6 * line.length).toBeLessThanOrEqual(width)
      })
    )
  })

  it('are one where it fits', () => {
    expect(wrap('references per walk', 200, (line) => 6 * line.length)).toEqual(['references per walk'])
  })
})

describe('a chart’s picture', () => {
  it('has the plot at its own size, and all words inside, beside the plot and beside each other', () => {
    fc.assert(
      fc.property(somePictureWords, aPlot, (words, plot) => {
        const { width, height, plot: at, texts, marks } = layoutPicture(words, plot, widthOf)
        expect(width).toBe(plot.width + 2 * PICTURE_PAD)
        expect(at.y + plot.height).toBeLessThan(height)
        for (const { text, look, x, y, isCentred } of texts) {
          expect(y < at.y || y > at.y + plot.height).toBe(true)
          expect(y).toBeGreaterThan(PICTURE_PAD)
          expect(y).toBeLessThan(height - PICTURE_PAD)
          if (!isCentred) expect(x + widthOf(text, look)).toBeLessThanOrEqual(width - PICTURE_PAD)
        }
        const lines = texts.filter(({ isCentred }) => !isCentred)
        for (const [i, one] of lines.entries())
          for (const other of lines.slice(i + 1))
            if (other.y - one.y < 13) {
              expect(other.y).toBe(one.y)
              expect(other.x).toBeGreaterThanOrEqual(one.x + widthOf(one.text, one.look))
            }
        expect(marks).toHaveLength(words.legend.filter(({ mark }) => mark !== null).length)
      })
    )
  })

  it('has its ticks where the axis has them', () => {
    const plot = {
      width: 620,
      height: 90,
      from: 40,
      to: 540,
      ticks: [0, 0.5, 1].map((at) => ({ at, text: 'x' }))
    }
    const words = { title: 't', unit: 'u', legend: [], spec: 's', provenance: 'p' }
    const ticks = layoutPicture(words, plot, widthOf).texts.filter(({ isCentred }) => isCentred)
    expect(ticks.map(({ x }) => x - PICTURE_PAD)).toEqual([40, 290, 540])
  })
})

const names = { design: (id: string) => id.toUpperCase(), workload: (id: string) => id, version: '1.2.3' }

function anInfo(spec: object = {}, source: Partial<SessionInfo['source']> = {}): SessionInfo {
  return {
    session: 1,
    spec: labSpecSchema.parse({ ...HARDWARE, lanes: ['radix', 'pvdmt'], footprint: '4GiB', ...spec }),
    source: { kind: 'workload', id: 'gups', records: 100, ...source }
  }
}

/** Three windows; each lane has one walk a reference, of as many references as its number. */
function aScene(lanes: number, at: number): Scene {
  const rows = Array.from({ length: lanes }, (_, lane) => {
    const one = new LaneRows()
    for (const references of [100, 200, 300]) {
      const row = new Float64Array(SERIES_WIDTH)
      row[COLUMN.references] = row[COLUMN.walks] = references
      row[SERIES_COLUMNS.indexOf('walkReferences')] = references * (lane + 1)
      one.push(row)
    }
    return one
  })
  const windows = windowsOf(rows)
  return { windows, whole: windows, view: { from: 0, to: 300 }, end: 300, at } as unknown as Scene
}

describe('the words of a picture', () => {
  const [strip] = stripsOf(2).filter(({ id }) => id === 'referencesPerWalk')

  it('say whose each line is, with its value where the chart is read', () => {
    const words = (at: number) => pictureWords(strip, 'references', aScene(2, at), anInfo(), names)
    expect(words(-1)).toMatchObject({ title: 'References per walk', unit: 'references, over references' })
    expect(words(-1).legend).toEqual([
      { mark: { lane: 0, dashed: false }, text: 'RADIX 1.00' },
      { mark: { lane: 1, dashed: false }, text: 'PVDMT 2.00' },
      { mark: null, text: 'latest values' }
    ])
    const at = aScene(2, 0)
    expect(words(0).legend.at(-1)?.text).toBe(`values at reference ${at.windows.references[0]}`)
  })

  it('tell ratios of several lanes apart by more than their colour', () => {
    const lanes = ['radix', 'dmt', 'pvdmt']
    const [speedup] = stripsOf(3).filter(({ id }) => id === 'speedup')
    const { legend } = pictureWords(speedup, 'ratio', aScene(3, -1), anInfo({ lanes }), names)
    expect(legend.map(({ text }) => text.replace(/ \S+$/, ''))).toEqual([
      'B page walk',
      'B application (dashed)',
      'C page walk',
      'C application (dashed)',
      'latest'
    ])
  })

  it('say what ran, and what of it was imported', () => {
    const spec = { environment: 'virtualized', seed: 7, references: '10k' }
    expect(specLine(anInfo(spec), names).replaceAll('\u00a0', ' ')).toBe(
      'A RADIX, B PVDMT, virtualized, gups, 4 GiB, pages 4 KiB on 4 KiB, hardware skylake, 10,000 references, seed 7'
    )
    const native = anInfo({ environment: 'native', fragmentation: 0.5, lanes: ['radix'] })
    expect(specLine(native, names).replaceAll('\u00a0', ' ')).toContain('pages 4 KiB, fragmentation 50 %')
    const provenance = (info: SessionInfo) => pictureWords(strip, '', aScene(2, -1), info, names).provenance
    expect(provenance(anInfo())).toMatch(/^Emulated: .*Modelled: .*Nothing imported\. DMT Lab 1\.2\.3$/)
    const trace = { kind: 'trace', id: 'lackey', name: 'ls.lackey.gz' } as const
    expect(provenance(anInfo({}, trace))).toContain('Imported: ls.lackey.gz.')
    expect(specLine(anInfo({}, trace), names)).toContain('trace ls.lackey.gz')
  })
})

describe('the name of a picture', () => {
  it('says chart and spec', () => {
    expect(pictureName('References per walk', anInfo())).toBe(
      'references-per-walk-gups-4gib-virtualized-radix-pvdmt-skylake-seed-1.png'
    )
  })

  it('is a file name everywhere, whatever the trace is called', () => {
    const title = fc.constantFrom(...STRIP_TITLES)
    fc.assert(
      fc.property(title, fc.string(), fc.constantFrom(...ENVIRONMENTS), (chart, name, environment) => {
        const info = anInfo({ environment, lanes: ['radix'] }, { kind: 'trace', id: 'lackey', name })
        expect(pictureName(chart, info)).toMatch(/^[a-z0-9][a-z0-9.-]{0,119}\.png$/)
      })
    )
  })
})

describe('the chart that is meant', () => {
  it('is the one pointed at last while it is shown, else the first', async () => {
    await aWindow()
    const { useChartPicturesStore } = await import('@renderer/stores/chart-pictures')
    const { useLiveStore } = await import('@renderer/stores/live')
    const [pictures, live] = [useChartPicturesStore(), useLiveStore()]
    expect(pictures.meant).toBe(live.strips[0])
    pictures.point('Walk overhead')
    expect(pictures.meant).toBe('Walk overhead')
    live.chooseStrip(live.strips.indexOf('Walk overhead'), 'DMT coverage')
    expect(pictures.meant).toBe(live.strips[0])
  })
})
