import { TRACE_FORMAT_IDS } from '@shared/model/trace-format-id'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aWalk, lab } from '../../builders/cli'
import { aRunResult } from '../../builders/run-result'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lab-cli-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const specOf = async (...args: string[]) => (await lab(args)).specs[0]

describe('lab run reads its flags', () => {
  it('with the defaults of the contract', async () => {
    expect(await specOf('run')).toMatchObject({
      lanes: ['radix', 'pvdmt'],
      references: 2_000_000,
      footprint: 2 ** 32
    })
    expect((await specOf('run', '--environment', 'native')).lanes).toEqual(['radix', 'dmt'])
  })

  it('each into its parameter', async () => {
    const flags =
      '--environment nested --lanes radix,radix-3d,dmt --workload zipf --footprint 64MiB --references 500k --warmup 1k ' +
      '--page-size thp --host-page-size 2M --levels 5 --profile tiny --fragmentation 0.25 --seed 7 --verify --loop'
    expect(await specOf('run', ...flags.split(' '))).toMatchObject({
      environment: 'nested',
      lanes: ['radix', 'radix-3d', 'dmt'],
      workload: 'zipf',
      footprint: 2 ** 26,
      references: 500_000,
      warmup: 1000,
      pageSize: 'thp',
      hostPageSize: '2M',
      levels: 5,
      profile: 'tiny',
      fragmentation: 0.25,
      seed: 7,
      verify: true,
      loop: true
    })
  })

  it('options by path, typed by the parameter and over flags', async () => {
    const options = [
      'tea.minVmaMiB=1',
      'cache.llc.bytes=11MiB',
      'cooperation=false',
      'nested.fallback=pure',
      'seed=9'
    ]
    expect(await specOf('run', '--seed', '7', ...options.flatMap((one) => ['--option', one]))).toMatchObject({
      tea: { minVmaMiB: 1 },
      cache: { llc: { bytes: 11 * 2 ** 20, ways: 11 } },
      cooperation: false,
      nested: { fallback: 'pure' },
      seed: 9
    })
  })

  it('the host page size in native, without refusing it', async () => {
    expect(await specOf('run', '--environment', 'native', '--host-page-size', '2M')).toBeDefined()
  })

  it('a trace with its format and map as given', async () => {
    const spec = await specOf('run', '--trace', 'a/b.gz', '--format', 'lackey', '--maps', 'a/b.maps')
    expect(spec.trace).toEqual({ file: 'a/b.gz', format: 'lackey', maps: 'a/b.maps' })
    expect((await specOf('run', '--trace', 'a/b.gz')).trace).toEqual({
      file: 'a/b.gz',
      format: 'auto',
      maps: null
    })
  })

  it('a spec file, with flags over it', async () => {
    const file = join(home, 'spec.json')
    const trace = { file: 'x.gz', maps: 'x.maps' }
    await writeFile(file, JSON.stringify({ seed: 3, footprint: '1GiB', tea: { minVmaMiB: 2 }, trace }))
    expect(await specOf('run', '--spec', file, '--seed', '4')).toMatchObject({
      seed: 4,
      footprint: 2 ** 30,
      tea: { minVmaMiB: 2 }
    })
    expect((await specOf('run', '--spec', file, '--trace', 'y.gz')).trace).toMatchObject({
      file: 'y.gz',
      maps: 'x.maps'
    })
    expect((await specOf('run', '--spec', file, '--workload', 'zipf')).trace).toBeNull()
  })

  it.each([
    ['{', 'no JSON'],
    ['[1]', 'one JSON object'],
    ['"text"', 'one JSON object'],
    ['{"__proto__":{"seed":1}}', 'unknown parameter "__proto__"'],
    ['\xff\xfe', 'no UTF-8 text'],
    [' '.repeat(2 ** 20 + 1), 'larger than 1MiB']
  ])('but no spec file that is none (%#)', async (text, what) => {
    const file = join(home, 'spec.json')
    await writeFile(file, text, 'latin1')
    const { code, stderr } = await lab(['run', '--spec', file])
    expect(code).toBe(2)
    expect(stderr).toContain(what)
    expect(stderr).toMatch(/^[^\n]+\n$/)
  })
})

describe('lab run hands out its result', () => {
  it('as JSON on stdout alone', async () => {
    const { code, stdout, stderr } = await lab(['run', '--json', '-'])
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'dmt-lab/run@1', partial: false })
    expect([code, stderr]).toEqual([0, ''])
  })

  it('as a file, whole, with nothing on stdout', async () => {
    const file = join(home, 'run.json')
    const { code, stdout } = await lab(['run', '--json', file])
    expect([code, stdout]).toEqual([0, ''])
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ schema: 'dmt-lab/run@1' })
    expect(await readdir(home)).toEqual(['run.json'])
  })

  it('as a report, which lab report can write again from its run.json', async () => {
    const [first, again] = [join(home, 'first'), join(home, 'again')]
    await lab(['run', '--report', first, '--quiet'])
    const { code, stdout } = await lab(['report', join(first, 'run.json'), '--out', again])
    expect([code, stdout]).toEqual([0, ''])
    const textOf = (folder: string, name: string): Promise<string> => readFile(join(folder, name), 'utf8')
    for (const name of ['report.html', 'report.md', 'series.csv']) {
      expect(await textOf(again, name)).toBe(await textOf(first, name))
    }
    const [before, after] = [await textOf(first, 'run.json'), await textOf(again, 'run.json')]
    expect(JSON.parse(after)).toEqual(JSON.parse(before))
  })

  it('as a table with every lane, speedups and what was checked', async () => {
    const { stdout } = await lab(['run'])
    for (const text of ['radix', 'pvdmt', 'Cycles per walk', '1.95×', 'baseline', 'Same translations']) {
      expect(stdout).toContain(text)
    }
  })

  it('with the paper’s formula as a block of its own, only where there is one', async () => {
    const { stdout } = await lab(['run'])
    const [emulated, formula] = stdout.split('Same translations in all lanes.')
    expect(formula).toContain(
      'formula (paper), not emulated: from the steps of 1,000 walks of radix, 4K pages'
    )
    expect(formula).toMatch(/^Vanilla +256\.0 +baseline +baseline +\d+\.\d +baseline$/m)
    expect(formula).toMatch(/^The walk overhead is the emulated one of radix, \d+\.\d.%\.$/m)
    expect(formula).toMatch(/^pvDMT +254\.0 +1\.01× +1\.01× +223\.5 +1\.95×$/m)
    expect(emulated).not.toContain('formula')
    const { formula: _, ...without } = aRunResult()
    expect((await lab(['run'], { result: () => without })).stdout).not.toContain('formula')
  })

  it('with cycles per walk and walk overhead right above the speedups', async () => {
    const { stdout } = await lab(['run'])
    expect(stdout).toMatch(
      /^Cycles per walk .*\nWalk overhead .*\nPage-walk speedup .*\nApplication speedup /m
    )
  })

  it('marked partial with exit 3 when it was interrupted, everything written', async () => {
    const file = join(home, 'run.json')
    const { code, stderr } = await lab(['run', '--json', file, '--report', join(home, 'r')], {
      interrupted: true
    })
    expect(code).toBe(3)
    expect(stderr).toContain('cancelled')
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ partial: true })
    expect(await readFile(join(home, 'r', 'report.html'), 'utf8')).toContain('Partial result')
  })

  it('with exit 1 naming the reference when verification finds a difference', async () => {
    const { comparison } = aRunResult()
    const differing = { ...comparison, sameTranslations: false, firstDifference: 77 }
    const { code, stderr } = await lab(['run', '--verify'], {
      result: (spec) => aRunResult({ spec, comparison: differing })
    })
    expect(code).toBe(1)
    expect(stderr).toContain('reference 77')
  })
})

describe('lab walk', () => {
  it('prints the schema of the contract and nothing besides', async () => {
    const { stdout, code, calls } = await lab([
      'walk',
      '--environment',
      'virtualized',
      '--design',
      'pvdmt',
      '--json'
    ])
    expect([code, calls]).toEqual([0, ['walk pvdmt']])
    const walk = JSON.parse(stdout) as Record<string, unknown>
    expect(Object.keys(walk)).toEqual([
      'schema',
      'references',
      'criticalReferences',
      'wastedReferences',
      'steps',
      'physicalAddress'
    ])
    expect(walk).toMatchObject({
      schema: 'dmt-lab/walk@1',
      references: 2,
      physicalAddress: aWalk.physicalAddress
    })
    expect(walk.steps).toEqual(aWalk.steps)
  })

  it('prints a table without --json', async () => {
    const { stdout } = await lab(['walk', '--design', 'pvdmt'])
    expect(stdout).toContain('0x14b2d6128')
    expect(stdout).toContain('2 references, 2 critical, 0 wasted')
  })

  it('takes coverage for each layer, which makes the fallback pure unless it is given', async () => {
    const nested = ['walk', '--environment', 'nested', '--design', 'dmt']
    const spec = await specOf(...nested, '--coverage', 'L0=D,L1=P,L2=R')
    expect(spec).toMatchObject({ coverage: { L0: 'D', L1: 'P', L2: 'R' }, nested: { fallback: 'pure' } })
    const kept = await specOf(...nested, '--coverage', 'L2=R', '--option', 'nested.fallback=shadow-ept')
    expect(kept.nested.fallback).toBe('shadow-ept')
    expect((await specOf(...nested)).nested.fallback).toBe('shadow-ept')
  })
})

describe('lab trace and lab serve', () => {
  it('prints what a trace holds', async () => {
    const { stdout, calls } = await lab(['trace', 'x.gz', '--format', 'lackey', '--json'])
    expect(calls).toEqual(['trace x.gz lackey'])
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'dmt-lab/trace@1', records: 30, badLines: 1 })
  })

  it('prints a table without --json, and no terminal command from a bad line', async () => {
    const { stdout } = await lab(['trace', 'x.gz'])
    expect(stdout).toMatch(/Records +30/)
    expect(stdout).not.toContain('\u001b')
  })

  it('shows its first accesses, how it is packed, and that sizes are assumed', async () => {
    const trace = { compression: 'xz', sizes: 'assumed', threads: 3, skipped: 7 } as const
    const { stdout } = await lab(['trace', 'x.xz'], { trace })
    expect(stdout).toMatch(/^Format +lackey, xz$/m)
    expect(stdout).toMatch(/^Records passed over +7$/m)
    expect(stdout).toMatch(/^Threads +3$/m)
    expect(stdout).toMatch(/^First accesses +Address +Bytes \(assumed\)$/m)
    expect(stdout).toMatch(/^load +0x4025ffd +8$/m)
  })

  it('converts a trace, and says where to', async () => {
    const { code, stdout, stderr, calls } = await lab([
      'trace',
      'x.xz',
      '--convert',
      'x.dmtlab',
      '--format',
      'champsim'
    ])
    expect(calls).toEqual(['convert x.xz champsim x.dmtlab'])
    expect([code, stderr]).toEqual([0, 'Converted to x.dmtlab\n'])
    expect(stdout).toMatch(/Records +30/)
  })

  it('takes the format as content tells it, by name, and no other', async () => {
    expect((await lab(['trace', 'x'])).calls).toEqual(['trace x auto'])
    for (const format of TRACE_FORMAT_IDS) {
      expect((await lab(['trace', 'x', '--format', format])).calls).toEqual([`trace x ${format}`])
    }
    expect(await lab(['trace', 'x', '--format', 'elf'])).toMatchObject({ code: 2, calls: [] })
    expect(await lab(['run', '--trace', 'x', '--format', 'elf'])).toMatchObject({ code: 2, specs: [] })
  })

  it('prints the address and serves until it is interrupted', async () => {
    const { code, stdout, calls } = await lab(['serve', '--port', '8080'], { interrupted: true })
    expect([code, stdout, calls]).toEqual([0, 'http://127.0.0.1:4000/?token=t\n', ['serve 8080', 'close']])
  })
})

describe('lab conformance', () => {
  const files = ['--trace', 't.bin', '--tables', 'dump']

  it('prints the counts and the histogram alone, and notes on stderr', async () => {
    const { code, stdout, stderr, calls } = await lab(['conformance', ...files, '--host-tables', 'host'])
    expect(code).toBe(0)
    expect(stdout).toBe(
      'TLB-L1I hits 1 misses 2 child_hits 0\nwalks 3 distinct 2\n~~~~~~~~~~\n' +
        'MEMORY,ZERO,PWC,LLC,RANGE_HIT,\t2\nL1,MEMORY,L1,L1,RANGE_HIT,\t1\n'
    )
    expect(stderr).toContain('pt_dump seems to hold frame numbers')
    expect(stderr).toContain('1 of 3 records')
    expect(calls).toEqual([
      'replay {"trace":"t.bin","tables":"dump","hostTables":"host","warmup":0,"frameNumbers":false}'
    ])
  })

  it('takes a warm-up, frame numbers, and no host', async () => {
    const { calls } = await lab(['conformance', ...files, '--warmup', '3k', '--frame-numbers'])
    expect(calls[0]).toContain('"hostTables":null,"warmup":3000,"frameNumbers":true')
  })

  it.each([
    [['conformance', '--trace', 't.bin'], '--tables'],
    [['conformance', ...files, '--warmup', 'soon'], '--warmup']
  ])('refuses %j in one line', async (args, where) => {
    const { code, stderr, calls } = await lab(args)
    expect([code, calls]).toEqual([2, []])
    expect(stderr).toMatch(/^lab: [^\n]+\n$/)
    expect(stderr).toContain(where)
  })
})

describe('lab export-artifact', () => {
  it('takes a spec file and flags over it, as a run does', async () => {
    const file = join(home, 'spec.json')
    await writeFile(file, JSON.stringify({ seed: 3, lanes: ['radix'] }))
    const { code, specs, calls } = await lab([
      'export-artifact',
      '--spec',
      file,
      '--seed',
      '4',
      '--out',
      'there'
    ])
    expect([code, calls]).toEqual([0, ['export there']])
    expect(specs[0]).toMatchObject({ seed: 4, lanes: ['radix'] })
  })

  it('wants a folder', async () => {
    expect((await lab(['export-artifact'])).code).toBe(2)
  })
})
