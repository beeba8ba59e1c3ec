import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const sheet = readFileSync('src/renderer/src/styles/tokens.css', 'utf8')

/** Hex tokens of the block that follows a selector; the dark theme overrides the light one. */
function tokens(selector: string): Record<string, string> {
  const from = sheet.indexOf(selector + ' {')
  const block = sheet.slice(from, sheet.indexOf('\n}', from))
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9A-Fa-f]{6})/g)].map((m) => [m[1], m[2]]))
}

const light = tokens(':root')
const dark = tokens(":root[data-theme='dark']")
const THEMES = { light, dark: { ...light, ...dark } }

/** WCAG 2.2: relative luminance of an sRGB colour. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Of the map of memory: how much of the layer's hue is in the fill of data, in percent. */
const DATA = Number(
  /color-mix\(in srgb, var\(--layer\) (\d+)%, var\(--panel\)\)/.exec(
    readFileSync('src/renderer/src/components/memory-patterns.vue', 'utf8')
  )?.[1]
)

/** `color-mix(in srgb, a share%, b)` */
const mixed = (a: string, share: number, b: string): string =>
  `#${[1, 3, 5]
    .map((at) => [a, b].map((hex) => parseInt(hex.slice(at, at + 2), 16)))
    .map(([x, y]) => Math.round((share * x + (100 - share) * y) / 100))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`

const GROUNDS = ['panel', 'canvas', 'sunken', 'raised']
const MARK_GROUNDS = ['panel', 'canvas']
const LANES = ['lane-a', 'lane-b', 'lane-c', 'lane-d']
const HITS = ['pwc', 'l1', 'l2', 'llc', 'mem']

it('each theme has colours of its own', () => {
  expect(Object.keys(dark).length).toBeGreaterThan(40)
  expect(dark.canvas).not.toBe(light.canvas)
})

describe.each(Object.entries(THEMES))('contrast in the %s theme', (_, theme) => {
  const of = (a: string, b: string): number => contrast(theme[a], theme[b])

  it.each(['ink', 'ink-2', 'ink-3'])('%s is text of at least 4.5 on every ground', (ink) => {
    for (const ground of GROUNDS) expect(of(ink, ground), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['ok', 'warn', 'bad'])('%s can be read as text', (state) => {
    for (const ground of MARK_GROUNDS) expect(of(state, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it('bad can be read on its own tint', () => {
    expect(of('bad', 'bad-tint')).toBeGreaterThanOrEqual(4.5)
  })

  it.each([...LANES, 'l0', 'l1', 'l2', 'control-edge', 'focus'])('%s is a mark of at least 3', (mark) => {
    for (const ground of MARK_GROUNDS)
      expect(of(mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3)
  })

  it.each(LANES)('ink can be read on the tint of %s', (lane) => {
    expect(of('ink', `${lane}-tint`)).toBeGreaterThanOrEqual(12)
  })

  it('the lanes without a hue are told apart by their lightness', () => {
    expect(of('lane-c', 'lane-d')).toBeGreaterThanOrEqual(2.5)
  })

  it('letters can be read in badges, chips and solid buttons', () => {
    for (const lane of LANES) expect(of('lane-on', lane)).toBeGreaterThanOrEqual(4.5)
    for (const layer of ['l0', 'l1', 'l2']) expect(of('panel', layer)).toBeGreaterThanOrEqual(4.5)
    expect(of('ink-on', 'solid')).toBeGreaterThanOrEqual(4.5)
    expect(of('ink-on', 'solid-hover')).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['l0', 'l1', 'l2'])('free memory, data and entry areas of %s are told apart', (layer) => {
    const data = mixed(theme[layer], DATA, theme.panel)
    expect(contrast(theme.sunken, data)).toBeGreaterThanOrEqual(1.5)
    expect(contrast(data, theme[layer])).toBeGreaterThanOrEqual(1.5)
  })

  it.each(HITS)('words can be read on a step that hit %s', (hit) => {
    expect(of(`on-hit-${hit}`, `hit-${hit}`)).toBeGreaterThanOrEqual(4.5)
  })

  it('a dearer step stands further from the ground than a cheaper one', () => {
    const distances = HITS.map((hit) => contrast(theme[`hit-${hit}`], theme.canvas))
    expect([...distances].sort((a, b) => a - b)).toEqual(distances)
  })
})
