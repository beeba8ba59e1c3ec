import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LackeyCounts } from '../../../scripts/lib/recording/lackey-counts.mjs'
import { readOptions } from '../../../scripts/lib/recording/options.mjs'
import { SeenMaps } from '../../../scripts/lib/recording/seen-maps.mjs'
import { parseMemoryMap } from '@main/traces/memory-map'
import { lackeyTotals, valgrindFixture } from '../../builders/valgrind-fixture'

describe('the options of record-trace', () => {
  it('end with the program, whose own options are its own', () => {
    expect(readOptions(['-o', 'x', '-c', '/bin/ls', '-l', '-o', 'y'])).toEqual({
      name: 'x',
      children: true,
      quiet: false,
      program: '/bin/ls',
      args: ['-l', '-o', 'y']
    })
    expect(readOptions(['--', '-odd', '1'])).toMatchObject({ program: '-odd', args: ['1'], name: '-odd' })
    expect(readOptions(['/usr/bin/wc', 'a'])).toMatchObject({ name: 'wc' })
  })

  it('are refused in one line', () => {
    expect(readOptions([])).toMatch(/^no program to record/)
    expect(readOptions(['-x', 'ls'])).toMatch(/^unknown option -x/)
    expect(readOptions(['-o'])).toMatch(/^no name after -o/)
    expect(readOptions(['-h'])).toBeNull()
  })
})

describe('the count of records', () => {
  const text = gunzipSync(readFileSync(valgrindFixture('mixed.lackey.gz')))
  const part = Buffer.concat([text.subarray(0, 20_000), text.subarray(-3000)])

  it('is that of Valgrind, which it reads from the end', () => {
    const counts = new LackeyCounts()
    counts.add(text)
    const { fetches, loads, stores, totals } = counts
    expect({ fetches, loads, stores }).toEqual(lackeyTotals())
    expect(totals).toEqual(lackeyTotals())
  })

  it('is the same however the bytes come', () => {
    const whole = new LackeyCounts()
    whole.add(part)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1 }), (sizes) => {
        const counts = new LackeyCounts()
        for (let at = 0, i = 0; at < part.length; at += sizes[i++ % sizes.length])
          counts.add(part.subarray(at, at + sizes[i % sizes.length]))
        expect([counts.records, counts.loads, counts.totals]).toEqual([
          whole.records,
          whole.loads,
          whole.totals
        ])
      })
    )
  })
})

describe('the map of a process that was looked at several times', () => {
  interface Piece {
    readonly page: number
    readonly pages: number
    readonly permissions: string
  }
  const piece = fc.record({
    page: fc.integer({ min: 16, max: 60 }),
    pages: fc.integer({ min: 1, max: 12 }),
    permissions: fc.constantFrom('r--', 'rw-', 'r-x', '---')
  })
  /** Pieces that overlap an earlier one are left out. */
  const apart = (pieces: readonly Piece[]): Piece[] =>
    pieces
      .reduce<Piece[]>(
        (kept, one) =>
          kept.some((k) => one.page < k.page + k.pages && k.page < one.page + one.pages)
            ? kept
            : [...kept, one],
        []
      )
      .sort((a, b) => a.page - b.page)
  const hex = (page: number): string => (page * 4096).toString(16).padStart(8, '0')
  const mapText = (pieces: readonly Piece[]): string =>
    pieces
      .map((p) => `${hex(p.page)}-${hex(p.page + p.pages)} ${p.permissions}p 00000000 00:00 0 \n`)
      .join('')

  it('holds every page that was ever there, with all that it ever allowed', () => {
    fc.assert(
      fc.property(fc.array(fc.array(piece, { maxLength: 6 }), { minLength: 1, maxLength: 5 }), (looks) => {
        const seen = new SeenMaps()
        const pages = new Map<number, Set<string>>()
        for (const look of looks.map(apart)) {
          seen.add(mapText(look))
          for (const { page, pages: n, permissions } of look)
            for (let p = page; p < page + n; p++)
              pages.set(p, new Set([...(pages.get(p) ?? []), ...permissions.replaceAll('-', '')]))
        }
        const found = new Map<number, Set<string>>()
        for (const line of seen.toString().trimEnd().split('\n').filter(Boolean)) {
          const [, from, to, permissions] = /^(\w+)-(\w+) (...)/.exec(line) ?? []
          for (let p = Number.parseInt(from, 16) / 4096; p < Number.parseInt(to, 16) / 4096; p++)
            found.set(p, new Set(permissions.replaceAll('-', '')))
        }
        expect(new Map([...found].sort((a, b) => a[0] - b[0]))).toEqual(
          new Map([...pages].sort((a, b) => a[0] - b[0]))
        )
        if (found.size > 0) expect(() => parseMemoryMap(seen.toString(), 'a.maps', 4)).not.toThrow()
      })
    )
  })

  it('keeps one area of what was made read-only in part, and leaves Valgrind’s own out', () => {
    const seen = new SeenMaps()
    const file = 'fe:00 7                     /lib/a.so'
    seen.add(`04831000-04835000 rw-p 00031000 ${file}\n`)
    seen.add(
      [
        `04831000-04833000 r--p 00031000 ${file}`,
        `04833000-04835000 rw-p 00033000 ${file}`,
        '58000000-58001000 r--p 00000000 fe:00 8   /usr/libexec/valgrind/lackey-amd64-linux',
        '58001000-58c25000 rw-p 00000000 00:00 0 ',
        '59000000-59001000 rw-p 00000000 00:00 0 ',
        '1002001000-100278c000 rwxp 00000000 00:00 0 ',
        '1ffeffe000-1fff001000 rw-p 00000000 00:00 0 ',
        '7ffe0eb86000-7ffe0eba7000 rw-p 00000000 00:00 0                          [stack]',
        ''
      ].join('\n')
    )
    seen.add('')
    expect(seen.toString().split('\n')).toEqual([
      `04831000-04835000 rw-p 00031000 ${file}`,
      '59000000-59001000 rw-p 00000000 00:00 0 ',
      '1ffeffe000-1fff001000 rw-p 00000000 00:00 0 ',
      ''
    ])
  })
})

describe('scripts/record-trace', () => {
  let folder = ''
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dmt-lab-record-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  const record = (args: readonly string[], path = '') =>
    spawnSync(resolve('scripts/record-trace'), args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: [path, dirname(process.execPath), '/usr/bin', '/bin'].filter(Boolean).join(':') }
    })

  /** A launcher that writes what Lackey would, where it was told to. */
  function standIn(script: string): string {
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'valgrind'), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, 'valgrind'), 0o755)
    return bin
  }
  const RECORDS = String.raw`printf 'I  04000000,3\n M 04001000,8\n' >&9`
  const recordings = (): string[] => readdirSync(folder).filter((name) => name !== 'bin')

  it('leaves output and exit code to the program, and writes both files', () => {
    const bin = standIn(`${RECORDS}; echo out; echo err >&2; cat; exit 7`)
    const ended = spawnSync(resolve('scripts/record-trace'), ['-q', '-o', 'a', 'prog'], {
      cwd: folder,
      encoding: 'utf8',
      input: 'typed\n',
      env: { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` }
    })
    expect([ended.status, ended.stdout, ended.stderr]).toEqual([7, 'out\ntyped\n', 'err\n'])
    expect(recordings()).toEqual(['a.lackey.gz', 'a.maps'])
    expect(gunzipSync(readFileSync(join(folder, 'a.lackey.gz'))).toString()).toBe(
      'I  04000000,3\n M 04001000,8\n'
    )
  })

  it('tells what it recorded, and when Valgrind did not come to its own count', () => {
    const { stderr } = record(['-o', 'a', 'prog'], standIn(`${RECORDS}; kill -TERM $$`))
    expect(stderr).toContain('a.lackey.gz: 2 records, 1 fetches, 1 loads, 1 stores; the program ended before')
    expect(stderr).toContain('prog ended by SIGTERM')
  })

  it('writes no file when nothing ran', () => {
    const ended = record(['nosuch'], standIn('echo "valgrind: nosuch: No such file" >&2; exit 127'))
    expect(ended.status).toBe(127)
    expect(ended.stderr).toContain('nothing was recorded of nosuch, no file was written')
    expect(recordings()).toEqual([])
  })

  it('takes a file of each process with --children', () => {
    const script = String.raw`for a; do case $a in --log-file=*) f=\${a#--log-file=};; esac; done
d=\${f%/*}; printf ' L 04001000,8\n' > "$d/11"; printf ' S 04001000,8\n S 04001000,8\n' > "$d/12"; : > "$d/13"`
    const { stderr } = record(['-c', '-o', 'a', 'prog'], standIn(script.replaceAll('\\$', '$')))
    expect(recordings()).toEqual(['a.11.lackey.gz', 'a.11.maps', 'a.12.lackey.gz', 'a.12.maps'])
    expect(stderr).toContain('a.12.lackey.gz: 2 records')
  })

  it('says what to install, and what is wrong with the name', () => {
    const none = spawnSync(process.execPath, [resolve('scripts/record-trace'), 'ls'], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: folder }
    })
    expect([none.status, none.stderr]).toEqual([
      2,
      'record-trace: valgrind is not installed, run: sudo apt install valgrind\n'
    ])
    const lost = record(['-o', 'no/such/x', 'ls'], standIn('exit 0'))
    expect(lost.status).toBe(2)
    expect(lost.stderr).toMatch(/^record-trace: there is no folder .*no\/such, make it/)
    expect(existsSync(join(folder, 'no'))).toBe(false)
  })
})
