import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lab } from '../../builders/cli'
import { GOLDEN } from '../../builders/paper-histogram'

const VIRTUALIZED = `${GOLDEN}/uniform/expected.virt.txt`
const NATIVE = `${GOLDEN}/uniform/expected.native.txt`
const perf = (pending: number): string =>
  `dtlb_load_misses.walk_pending\t${pending}\ndtlb_load_misses.walk_completed\t10\ncycles:ukhHG\t1000\n`

let folder = ''
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'formulas-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const rowOf = (stdout: string, title: string): string[] =>
  (
    stdout
      .replaceAll('\u00a0', ' ')
      .split('\n')
      .find((line) => line.startsWith(`${title}  `)) ?? ''
  ).split(/ {2,}/)

describe('lab formulas', () => {
  it('shows each design beside the baseline in cycles, and that it is a formula', async () => {
    const { code, stdout, stderr } = await lab(['formulas', VIRTUALIZED, NATIVE])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('formula (paper), not emulated')
    expect(rowOf(stdout, 'Vanilla')).toEqual(['Vanilla', '66.93', 'baseline', '20.82', 'baseline'])
    expect(rowOf(stdout, 'pvDMT')).toEqual(['pvDMT', '32.15', '2.08×', '6.59', '3.16×'])
    expect(rowOf(stdout, 'pvDMT, nested')).toEqual(['pvDMT, nested', '48.22', '1.39×', '9.88', '2.11×'])
    expect(stdout).toMatch(/expected.native.txt: histogram, native, 37,477 walks in 18 patterns/)
  })

  it('reads the same from an archive', async () => {
    const packed = file('sim.log.gz', gzipSync(readFileSync(NATIVE)))
    const [plain, unpacked] = await Promise.all([lab(['formulas', NATIVE]), lab(['formulas', packed])])
    expect(unpacked.stdout.split('\n').slice(1)).toEqual(plain.stdout.split('\n').slice(1))
  })

  it('adds application speedups where perf counts were given, by page size, with the overhead', async () => {
    const [never, always] = [file('perf-never.short', perf(1000)), file('perf-always.short', perf(500))]
    const { stdout } = await lab(['formulas', always, NATIVE, never])
    expect(stdout).toMatch(/perf-never.short: perf counts, 4K pages, walk overhead 50.0.%, 100.0 cycles/)
    expect(rowOf(stdout, 'Vanilla')).toContain('25.0 %')
    expect(rowOf(stdout, 'DMT')).toEqual(['DMT', '13.78', '1.48×', '1.19×', '2.56', '2.61×', '1.18×'])
  })

  it('prints dmt-lab/formulas@1', async () => {
    const measured = file('some.short', perf(1000))
    const { stdout } = await lab(['formulas', VIRTUALIZED, measured, '--json'])
    const value = JSON.parse(stdout) as Record<string, { groups: object[] }[]>
    expect(value).toMatchObject({
      schema: 'dmt-lab/formulas@1',
      measurements: [{ file: measured, pages: ['4K', '2M'], walkOverhead: 0.5, cyclesPerWalk: 100 }]
    })
    const [{ groups }] = value.histograms
    expect(groups).toHaveLength(4)
    expect(groups[0]).toMatchObject({
      environment: 'virtualized',
      pages: '4K',
      application: { file: measured, walkOverhead: 0.5 }
    })
  })

  it.each([
    [['two.short', 'more.short'], /two files have perf counts for 4K pages/],
    [['bad.txt'], /^lab: .*\(.*bad.txt, line 2\), .*\n$/],
    [['image.png'], /neither a histogram of walks nor a perf .short file/],
    [['long.txt'], /a line is longer than 4096 bytes/],
    [['gone.txt'], /gone.txt/]
  ])('refuses %j in one line', async (names, message) => {
    file('two.short', perf(10))
    file('more.short', perf(20))
    file('bad.txt', 'L1,L1,L1,L1,RANGE_HIT,\t1\nL1\n')
    file('image.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 10, 13, 255]))
    file('long.txt', 'L1,'.repeat(10_000))
    const { code, stdout, stderr } = await lab(['formulas', ...names.map((name) => join(folder, name))])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(stderr.trimEnd()).not.toContain('\n')
  })

  it('wants a file', async () => {
    const { code, stderr } = await lab(['formulas'])
    expect(code).toBe(2)
    expect(stderr).toContain('FILE')
  })
})
