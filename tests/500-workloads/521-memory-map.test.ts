import { beginsAsMemoryMap, parseMemoryMap, readMemoryMap } from '@main/traces/memory-map'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aFile, fixturePath, FIXTURES } from '../builders/a-trace'

const parse = (text: string, levels: 4 | 5 = 4) => parseMemoryMap(text, 'x.maps', levels)
const line = (range: string, permissions = 'rw-p', path = ''): string =>
  `${range} ${permissions} 00000000 00:00 0 ${path}\n`

describe('a memory map', () => {
  it('gives areas with their permissions and names', () => {
    const { areas } = parse(
      line('00108000-0010a000', 'r--p', '                 /usr/bin/a file (deleted)') +
        line('0010a000-0010f000', 'r-xp', '/usr/bin/cat') +
        line('7ffda0be0000-7ffda0c01000', 'rw-p', '[stack]') +
        line('7ffda0c01000-7ffda0c02000', 'rwxs')
    )
    expect(areas).toEqual([
      {
        start: 0x108,
        pages: 2,
        writable: false,
        executable: false,
        name: '/usr/bin/a file (deleted)',
        origin: 'map'
      },
      { start: 0x10a, pages: 5, writable: false, executable: true, name: '/usr/bin/cat', origin: 'map' },
      { start: 0x7ffda0be0, pages: 33, writable: true, executable: false, name: '[stack]', origin: 'map' },
      { start: 0x7ffda0c01, pages: 1, writable: true, executable: true, name: '[anonymous]', origin: 'map' }
    ])
  })

  it('leaves out, with the reason, what no user access reaches', () => {
    const { areas, ignored } = parse(
      line('1000-2000', '---p') + line('ffffffffff600000-ffffffffff601000', '--xp', '[vsyscall]')
    )
    expect(areas).toEqual([])
    expect(ignored).toMatchObject([
      { line: 1, name: '[anonymous]', reason: 'may be neither read, written nor executed' },
      { line: 2, name: '[vsyscall]', reason: expect.stringContaining('upper half') as string }
    ])
  })

  it('may be smaps', () => {
    const more =
      'Size:                  8 kB\nKernelPageSize:        4 kB\nVmFlags: rd ex mr mw me sd \nTHPeligible:    0\n'
    expect(parse(line('1000-3000') + more + line('3000-4000') + more).areas).toHaveLength(2)
  })

  it('shows no control characters in names', () => {
    expect(parse(line('1000-2000', 'r--p', '/tmp/\u001b[31mred')).areas[0].name).toBe('/tmp/?[31mred')
  })

  it('reaches as far as the levels of the tables', () => {
    const far = line('100000000000000-100000000001000')
    const middle = line('800000000000-800000001000')
    expect(parse(middle, 5).areas).toHaveLength(1)
    expect(() => parse(middle, 4)).toThrow(
      /line 1 lies beyond what 4 levels of tables map \(x.maps\), use 5 levels/
    )
    expect(() => parse(far, 5)).toThrow(/line 1 lies beyond/)
  })

  it.each([
    ['an overlap', line('1000-3000') + line('2000-4000'), 'the area in line 2 overlaps the one in line 1'],
    ['a repetition', line('1000-3000') + line('1000-3000'), 'the area in line 2 overlaps the one in line 1'],
    ['a descent', line('5000-6000') + line('1000-3000'), 'the area in line 2 lies below the one in line 1'],
    ['garbage', line('5000-6000') + 'garbage\n', 'line 2 is no line of a memory map'],
    ['an end before its start', line('6000-5000'), 'line 1 is no line of a memory map'],
    ['an empty area', line('6000-6000'), 'line 1 is no line of a memory map'],
    ['a part of a page', line('6000-6800'), 'line 1 is no line of a memory map'],
    ['a number over 64 bits', line('6000-10000000000007000'), 'line 1 is no line of a memory map'],
    ['a key before any area', 'Size: 4 kB\n', 'line 1 is no line of a memory map'],
    ['nothing', '\n\n', 'the file holds no memory map']
  ])('is refused for %s, naming the line', (_, text, what) => {
    expect(() => parse(text)).toThrow(
      new UserError(what, 'x.maps', 'give the unchanged text of /proc/PID/maps')
    )
  })

  it('is refused when it is far too large', async () => {
    const endless = {
      ...aFile(''),
      async *chunks() {
        for (;;) yield new Uint8Array(2 ** 20)
      }
    }
    await expect(readMemoryMap(endless, 4)).rejects.toThrow(/larger than 64MiB/)
  })

  it.each([
    ['a map', line('1000-3000'), true],
    ['a map after blank lines', '\n \n' + line('1000-3000'), true],
    ['a map whose areas overlap', line('1000-3000') + line('2000-4000'), true],
    ['one line without its end', line('1000-3000').trimEnd(), true],
    ['a trace', 'I  04001000,3\n', false],
    ['prose', 'It was the best of times.\n', false],
    ['nothing', '', false],
    ['one endless line', 'a'.repeat(100_000), false]
  ])('is told by its first line: %s', async (_, text, isMap) => {
    expect(await beginsAsMemoryMap(aFile(text))).toBe(isMap)
  })

  it('ends in areas or in a UserError whatever the text', () => {
    const piece = fc.constantFrom(
      '1000-2000',
      '2000-3000',
      ' rw-p ',
      ' 0 00:00 0',
      '\n',
      'ffffffffff600000-',
      'Rss: 4 kB'
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece).map((p) => p.join(''))
        ),
        (text) => {
          try {
            expect(parse(text).areas.length).toBeGreaterThanOrEqual(0)
          } catch (error) {
            expect(error).toBeInstanceOf(UserError)
            expect((error as UserError).message).not.toContain('\n')
          }
        }
      )
    )
  })
})

describe.each(FIXTURES)('%s.maps', (name) => {
  const text = readFileSync(fixturePath(`${name}.maps`), 'utf8')

  it('has one area, used or left out, a line', () => {
    const { areas, ignored } = parse(text)
    expect(areas.length + ignored.length).toBe(text.trim().split('\n').length)
    expect(ignored.map((area) => area.name)).toEqual(['[anonymous]', '[anonymous]', '[vsyscall]'])
  })
})
