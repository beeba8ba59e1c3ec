/** The documents against the repository: what they point to, and what they tell people to type, is there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isObject } from '@shared/model/plain-object'
import { sizeText } from '@shared/model/quantity'
import { labSpecSchema } from '@shared/model/spec'
import { describe, expect, it } from 'vitest'
import { aWalk, lab } from '../builders/cli'
import { aRunResult } from '../builders/run-result'
import { aSpec } from '../builders/spec'

const markdownIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))

const DOCUMENTS = ['.', 'docs', 'docs/adr'].flatMap(markdownIn)
const read = (file: string): string => readFileSync(file, 'utf8')
const matches = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, one]) => one)

/** Targets of links and pictures. */
const linksIn = (text: string): string[] => [
  ...matches(text, /\]\(([^)\s]+)\)/g),
  ...matches(text, /\b(?:src|srcset|href)="([^"]+)"/g)
]

/** What GitHub makes of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')

const anchorsIn = (file: string): string[] => matches(read(file), /^#+ +(.+)$/gm).map(anchorOf)

/** Why a link leads nowhere, or undefined. Addresses elsewhere are not asked. */
function broken(from: string, link: string): string | undefined {
  if (/^https?:/.test(link)) return undefined
  const [path, anchor] = link.split('#')
  const file = path === '' ? from : join(dirname(from), path)
  if (!existsSync(file)) return `${link}: no such file`
  if (anchor !== undefined && !anchorsIn(file).includes(anchor)) return `${link}: no such heading`
  return undefined
}

describe.each(DOCUMENTS)('%s', (file) => {
  it('links to what exists', () => {
    const links = linksIn(read(file))
    expect(links.map((link) => broken(file, link)).filter(Boolean)).toEqual([])
  })

  it('names files and folders that exist', () => {
    const paths = matches(read(file), /`((?:src|tests|e2e|bench|scripts|docs)\/[\w./@-]+)`/g)
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })
})

describe('the reader of links', () => {
  it('sees a missing file, a missing heading and a missing picture', () => {
    const text =
      '[a](gone.md) [b](README.md#no-such-heading) [c](README.md#start) <img src="docs/images/gone.png">'
    expect(linksIn(text).map((link) => broken('README.md', link))).toEqual([
      'gone.md: no such file',
      'README.md#no-such-heading: no such heading',
      undefined,
      'docs/images/gone.png: no such file'
    ])
  })
})

describe('commands that people are told to type', () => {
  const text = ['README.md', 'CONTRIBUTING.md', 'docs/formats.md'].map(read).join('\n')
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const labCommands = matches(text, /npm run --silent lab -- ([a-z][^\n`]*)/g)

  it('are scripts of the project', () => {
    const named = matches(text, /npm (?:run (?:--silent )?)?(start|test|[a-z][\w:]*)(?=[\s`])/g)
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'lab', 'bench', 'lint']))
    expect(named.filter((name) => name !== 'run' && !(name in scripts))).toEqual([])
  })

  it('show every command of lab', async () => {
    const { stdout } = await lab(['--help'])
    const commands = matches(stdout, /^ {2}([a-z-]+) /gm).filter((name) => name !== 'help')
    expect(commands.length).toBeGreaterThan(0)
    expect(new Set(labCommands.map((command) => command.split(' ')[0]))).toEqual(new Set(commands))
  })

  it.each(labCommands)('lab %s has these options', async (command) => {
    const [name, ...words] = command.split(' ')
    const { code, stdout } = await lab([name, '--help'])
    expect(code).toBe(0)
    for (const word of words.filter((one) => one.startsWith('--'))) expect(stdout).toContain(`${word} `)
  })
})

describe('docs/formats.md', () => {
  const text = read('docs/formats.md')
  const run = aRunResult()
  const [lane] = run.lanes
  const fields = [
    run,
    run.app,
    run.source,
    run.comparison,
    run.provenance,
    lane,
    lane.memory,
    lane.setUp
  ].flatMap((part) => Object.keys(part))
  const more = [lane.series, lane.events[0], lane.walkHistogram[0], aWalk.steps[0]].flatMap((part) =>
    Object.keys(part)
  )

  it.each([...new Set([...fields, ...more, ...Object.keys(labSpecSchema.shape)])])('explains %s', (field) => {
    expect(text).toContain(`\`${field}\``)
  })
})

describe('docs/parameters.md', () => {
  const rows = matches(read('docs/parameters.md'), /^(\| `[^\n]+)$/gm).map((row) =>
    row.split('|').map((cell) => cell.trim().replaceAll('`', ''))
  )
  const valueAt = (spec: unknown, path: string): unknown =>
    path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), spec)

  /** As the tables write it: `entries / ways`, `size / ways / latency`, or the number. */
  const shown = (value: unknown): string => {
    if (!isObject(value)) return String(value)
    const { bytes, ...rest } = value
    return [...(typeof bytes === 'number' ? [sizeText(bytes)] : []), ...Object.values(rest)].join(' / ')
  }

  it.each(rows.filter(([, path]) => path.includes('.') || path === 'ntlb'))(
    '%s%s is what the lab has by default',
    (_, path, first, second) => {
      expect(shown(valueAt(aSpec(), path) ?? 'none')).toBe(first)
      if (/^(tlb|pwc|ntlb|cache)/.test(path))
        expect(shown(valueAt(aSpec({ profile: 'tiny' }), path))).toBe(second)
    }
  )

  it('has a row for every cost and share', () => {
    const { time, costs, dmt, tea } = aSpec()
    const paths = Object.entries({ time, costs, dmt, tea }).flatMap(([group, values]) =>
      Object.keys(values).map((name) => `${group}.${name}`)
    )
    expect(paths.filter((path) => !rows.some((row) => row[1] === path))).toEqual([])
  })
})
