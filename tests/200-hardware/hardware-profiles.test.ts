import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hardwareSchema } from '@shared/model/hardware-profile'
import { sizeText } from '@shared/model/quantity'
import { labSpecSchema } from '@shared/model/spec'
import { PROFILES, profileById, sourceOf } from '@shared/profiles'

type Tree = { readonly [key: string]: Tree | Leaf }
type Leaf = number | string | boolean

/** `cache.l2.ways` -> 16 for every value of a profile. */
function leaves(tree: Tree, path = ''): [string, Leaf][] {
  return Object.entries(tree).flatMap(([key, value]): [string, Leaf][] =>
    typeof value !== 'object' ? [[path + key, value]] : leaves(value, `${path}${key}.`)
  )
}

const has = (tree: Tree, key: string): boolean => typeof tree[key] === 'number'

/** Path and value of each row of the documentation: a structure is one row. */
function rows(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    if (typeof value !== 'object') return [[path + key, String(value)]]
    if (!has(value, 'ways')) return rows(value, `${path}${key}.`)
    const size = typeof value.bytes === 'number' ? sizeText(value.bytes) : String(Number(value.entries))
    const latency = has(value, 'latencyCycles') ? ` / ${String(Number(value.latencyCycles))}` : ''
    return [[path + key, `${size} / ${String(Number(value.ways))}${latency}`]]
  })
}

/** Rows of the tables in docs/parameters.md by parameter. */
const documented = new Map(
  readFileSync('docs/parameters.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => [cells[1].replaceAll('`', ''), cells.slice(2, -1)])
)

describe.each(PROFILES.map((p) => [p.id, p] as const))('profile %s', (id, profile) => {
  it('is valid', () => {
    expect(hardwareSchema.parse(profile.hardware)).toEqual(profile.hardware)
  })

  it('gives every number a source', () => {
    const bare = leaves(profile.hardware).filter(([path]) => !sourceOf(profile, path))
    expect(bare).toEqual([])
  })

  it('names no source for a parameter it lacks', () => {
    const paths = leaves(profile.hardware).map(([path]) => path)
    const stray = Object.keys(profile.sources).filter(
      (s) => !paths.some((p) => p === s || p.startsWith(s + '.'))
    )
    expect(stray).toEqual([])
  })

  it('is documented number by number', () => {
    const column = PROFILES.findIndex((p) => p.id === id)
    const shown = rows(profile.hardware).map(([path]) => [path, documented.get(path)?.[column]])
    expect(shown).toEqual(rows(profile.hardware))
  })
})

describe('parameters of time, costs and areas', () => {
  it('are documented number by number', () => {
    const { time, costs, dmt, tea, cpu, thp } = labSpecSchema.parse(PROFILES[0].hardware)
    const expected = leaves({ time, costs, dmt, tea, cpu, thp }).map(([path, value]) => [path, String(value)])
    expect(expected.map(([path]) => [path, documented.get(path)?.[0]])).toEqual(expected)
    for (const [path] of expected) expect(documented.get(path)?.[1]).toBeTruthy()
  })
})

describe('hardwareSchema', () => {
  const skylake = PROFILES[0].hardware

  it('finds a profile by its id only', () => {
    expect(profileById('tiny')?.id).toBe('tiny')
    expect(profileById('huge')).toBeUndefined()
  })

  it('refuses a structure without a whole number of sets, naming it', () => {
    const tlb = { ...skylake.tlb, shared: { ...skylake.tlb.shared, '4K2M': { entries: 1536, ways: 10 } } }
    const refused = hardwareSchema.safeParse({
      ...skylake,
      tlb,
      ntlb: { entries: 32, ways: 3, latencyCycles: 1 }
    })
    expect(refused.error?.issues.map((i) => i.path.join('.'))).toEqual(['tlb.shared.4K2M', 'ntlb'])
  })

  it('refuses unknown fields and negative latencies', () => {
    expect(hardwareSchema.safeParse({ ...skylake, btb: {} }).success).toBe(false)
    const cache = { ...skylake.cache, memoryLatencyCycles: -1 }
    expect(hardwareSchema.safeParse({ ...skylake, cache }).success).toBe(false)
  })
})
