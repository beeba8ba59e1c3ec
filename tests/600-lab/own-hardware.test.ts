import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OFFER } from '@main/lab/catalogue'
import { hasWholeHardware, onHardware, ownHardware, withoutWholeHardware } from '@main/lab/own-hardware'
import { PARAMETERS } from '@main/lab/parameters'
import { merged } from '@main/lab/plain-object'
import { resolveSpec } from '@main/lab/resolve-spec'
import { hardwareSchema } from '@shared/model/hardware-profile'
import type { SpecInput } from '@shared/model/spec'
import { UserError } from '@shared/model/user-error'
import { PROFILES, sourceOf } from '@shared/profiles'
import { skylake } from '@shared/profiles/skylake'
import { tiny } from '@shared/profiles/tiny'

const read = (value: unknown) => ownHardware(value, 'my.json', PROFILES)

function lineFor(value: unknown): string {
  try {
    read(value)
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'accepted'
}

/** As a file holds it: `__proto__` is then a name like any other. */
const parsed = (text: string): unknown => JSON.parse(text)

const resolved = (input: SpecInput) => {
  const resolution = resolveSpec(input, OFFER)
  if ('problems' in resolution) throw new Error(resolution.problems.join('; '))
  return resolution.spec
}

describe('own hardware', () => {
  it('is its base with the differences, under its title', () => {
    const own = read({ base: 'tiny', title: ' My core ', cache: { llc: { bytes: '32KiB' } } })
    const { cache, ...rest } = tiny.hardware
    expect(own).toMatchObject({ id: 'My core', title: 'My core', base: 'tiny' })
    expect(own.hardware).toEqual({ ...rest, cache: { ...cache, llc: { ...cache.llc, bytes: 32_768 } } })
  })

  it('takes the default profile for a base and the file for a title', () => {
    expect(read({})).toMatchObject({ id: 'my.json', base: 'skylake', hardware: skylake.hardware })
  })

  it('names the file as the source of what it changes, and of nothing else', () => {
    const own = read({ cache: { llc: { bytes: '32MiB', ways: 16 } }, tlb: { replacement: 'plru' } })
    for (const path of ['cache.llc.bytes', 'cache.llc.ways', 'tlb.replacement'])
      expect(sourceOf(own, path)).toBe('given in my.json')
    for (const path of ['cache.llc.latencyCycles', 'cache.replacement', 'tlb.data.4K'])
      expect(sourceOf(own, path)).toBe(sourceOf(skylake, path))
  })

  it('reads back what any profile writes out', () => {
    for (const { hardware } of PROFILES)
      expect(read(parsed(JSON.stringify(hardware))).hardware).toEqual(hardware)
  })

  it('changes what is given and nothing else, whatever that is', () => {
    const numbers = PARAMETERS.filter((one) => one.path.endsWith('latencyCycles')).map((one) => one.path)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...numbers), fc.nat(1000)), (given) => {
        const differences = Object.entries(given).reduce<unknown>(
          (all, [path, value]) =>
            merged(
              all,
              path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value)
            ),
          {}
        )
        expect(read(differences).hardware).toEqual(merged(skylake.hardware, differences))
      })
    )
  })
})

describe('own hardware is refused, naming the field', () => {
  it.each([
    [
      { tlb: { shared: { '4K2M': { entries: 1536, ways: 10 } } } },
      /whole number of sets.*\(tlb\.shared\.4K2M in my\.json\)/
    ],
    [
      { ntlb: { latencyCycles: -1 } },
      /-1 is not accepted \(ntlb\.latencyCycles in my\.json\), give a number from 0/
    ],
    [
      { cache: { llc: { byts: 1 } } },
      /unknown parameter "cache\.llc\.byts" \(my\.json\), nearest names: cache\.llc\.bytes/
    ],
    [{ cahce: {} }, /unknown parameter "cahce" \(my\.json\), nearest names: /],
    [{ footprint: '4GiB' }, /unknown parameter "footprint"/],
    [{ profile: 'tiny' }, /unknown parameter "profile"/],
    [{ bas: 'tiny' }, /unknown parameter "bas" .*nearest names: base/],
    [
      { cache: { llc: { bytes: 'big' } } },
      /"big" is not accepted \(cache\.llc\.bytes in my\.json\), give a size/
    ],
    [{ cache: { llc: [1] } }, /\(cache\.llc in my\.json\), give an object/],
    [{ pwc: null }, /null is not accepted \(pwc in my\.json\), give an object/],
    [{ tlb: { replacement: 'random' } }, /\(tlb\.replacement in my\.json\), give one of lru, plru, lfu/],
    [{ base: 'skylak' }, /unknown hardware profile "skylak" \(base in my\.json\), nearest names: skylake/],
    [{ base: 7 }, /unknown hardware profile 7 \(base in my\.json\), give one of skylake/],
    [{ title: '' }, /"" is not accepted \(title in my\.json\)/],
    [{ title: 'a\nb' }, /\(title in my\.json\)/],
    [{ title: 'x'.repeat(61) }, /\(title in my\.json\)/],
    [{ title: ' tiny ' }, /"tiny" is a profile of the lab \(title in my\.json\)/],
    [{ title: 'a\u2028b' }, /"a\\u2028b" is not accepted \(title in my\.json\)/],
    [{ title: 'a\u202eb' }, /"a\\u202eb" is not accepted \(title in my\.json\)/],
    [{ cache: { prefetcher: '\u009b31m' } }, /"\\u009b31m" is not accepted/],
    [{ title: 'tiny' }, /"tiny" is a profile of the lab \(title in my\.json\)/],
    [{ ntlb: { latencyCycles: -1 }, pwc: { latencyCycles: -1 } }, /ntlb|pwc.*1 more there/],
    [[], /one JSON object \(my\.json\)/],
    [null, /one JSON object/],
    ['skylake', /one JSON object/]
  ])('%j', (value, expected) => {
    const line = lineFor(value)
    expect(line).toMatch(expected)
    expect(line).not.toContain('\n')
  })

  it('also with names that objects have from birth', () => {
    for (const text of [
      '{"__proto__": {"cache": {}}}',
      '{"cache": {"__proto__": {"llc": 1}}}',
      '{"constructor": {}}',
      '{"cache": {"llc": {"toString": 1}}}'
    ])
      expect(lineFor(parsed(text))).toMatch(/^unknown parameter/)
    expect(({} as { cache?: unknown }).cache).toBeUndefined()
  })

  it('however deep its values are nested', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000)
    for (const where of ['title', 'base', 'tlb', 'cache'])
      expect(lineFor(parsed(`{"${where}": ${deep}}`))).toContain(`(${where} in my.json)`)
  })

  it('or accepted, whatever a file holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const one of [value, { cache: value }, { cache: { llc: value } }, { tlb: value, base: value }])
          expect(typeof lineFor(one)).toBe('string')
      })
    )
  })
})

describe('a file without a title', () => {
  it('is called by its name, without what a terminal acts on', () => {
    expect(ownHardware({}, 'a\nb\u202e.json', PROFILES).title).toBe('a b .json')
  })

  it('is refused when its name is that of a profile', () => {
    expect(() => ownHardware({}, 'tiny', PROFILES)).toThrow('"tiny" is a profile of the lab')
  })
})

describe('a spec on own hardware', () => {
  it('takes from the base what matching registers costs, where nothing else says so', () => {
    const onArtifact = read({ base: 'artifact' })
    expect(resolved(onHardware({}, onArtifact)).dmt.matchCycles).toBe(0)
    expect(resolved(onHardware({ dmt: { matchCycles: 3 } }, onArtifact)).dmt.matchCycles).toBe(3)
    expect(resolved(onHardware({}, read({}))).dmt.matchCycles).toBe(1)
  })

  const own = read({ title: 'My core', cache: { llc: { bytes: '32MiB', ways: 16 } } })

  it('holds all of it, and is repeated from itself alone', () => {
    const spec = resolved(onHardware({ footprint: '64MiB', seed: 3 }, own))
    expect(spec).toMatchObject({ profile: 'My core', cache: own.hardware.cache, seed: 3 })
    expect(resolved(parsed(JSON.stringify(spec)) as SpecInput)).toEqual(spec)
  })

  it('may differ from it once more', () => {
    const spec = resolved(onHardware({ cache: { llc: { latencyCycles: 70 } } }, own))
    expect(spec.cache.llc).toEqual({ bytes: 2 ** 25, ways: 16, latencyCycles: 70 })
  })

  it('needs the name of a profile where a parameter is missing', () => {
    const { ntlb, ...rest } = own.hardware
    const input = { profile: 'My core', ...rest }
    expect(hasWholeHardware({ ...input, ntlb })).toBe(true)
    expect(hasWholeHardware(input)).toBe(false)
    expect(resolveSpec(input, OFFER)).toEqual({
      problems: [expect.stringContaining('unknown hardware profile "My core" (profile)')]
    })
  })

  it('gives its hardware up for another profile', () => {
    const spec = resolved(onHardware({}, own))
    expect(resolved({ ...withoutWholeHardware(spec), profile: 'tiny' })).toMatchObject(tiny.hardware)
    const onSkylake = withoutWholeHardware(resolved({ dmt: { registers: 4 } }))
    expect(resolved({ ...onSkylake, profile: 'artifact' }).dmt).toMatchObject({
      registers: 4,
      matchCycles: 0
    })
    const partial = { cache: { llc: { latencyCycles: 70 } } }
    expect(withoutWholeHardware(partial)).toEqual(partial)
  })
})

describe('the examples in the documentation', () => {
  const path = 'docs/examples/large-llc.json'

  it('is own hardware that differs from its base where it says so', () => {
    const value = JSON.parse(readFileSync(path, 'utf8')) as { readonly title: string }
    const own = ownHardware(value, 'large-llc.json', PROFILES)
    expect(own.title).toBe(value.title)
    expect(hardwareSchema.parse(own.hardware)).toEqual(own.hardware)
    expect(own.hardware.cache.llc).toEqual({ bytes: 2 ** 25, ways: 16, latencyCycles: 60 })
    expect(own.hardware.cache.l2).toEqual(skylake.hardware.cache.l2)
  })
  it('has one without a second level', () => {
    const value: unknown = JSON.parse(readFileSync('docs/examples/cachegrind.json', 'utf8'))
    const { cache } = ownHardware(value, 'cachegrind.json', PROFILES).hardware
    expect(cache).toMatchObject({ l2: { bytes: 0 }, straddle: 'once', modify: 'once' })
  })
})
