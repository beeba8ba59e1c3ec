import { UserError } from '@shared/model/user-error'
import { describe, expect, it } from 'vitest'
import { lab } from '../../builders/cli'

const ONE_LINE = /^lab: [^\n]+ \([^\n]+\), [^\n]+\n$/

describe('bad usage is exit 2 with one line and nothing on stdout', () => {
  it.each([
    [[], 'no command'],
    [['wlak'], "unknown command 'wlak'"],
    [['run', '--footprnt', '4GiB'], "unknown option '--footprnt'"],
    [['run', '--footprint'], 'argument missing'],
    [['run', '--footprint', '4XB'], '"4XB" is not accepted (footprint)'],
    [['run', '--references', 'many'], '"many" is not accepted (references)'],
    [['run', '--levels', '3'], '"3" is not accepted (levels)'],
    [['run', '--seed', '1e400'], '"1e400" is not accepted (seed)'],
    [['run', '--fragmentation', ''], '"" is not accepted (fragmentation)'],
    [['run', '--lanes', 'radix,pvdtm'], 'unknown design "pvdtm" (lanes), nearest names: pvdmt'],
    [['run', '--environment', 'native', '--lanes', 'radix,pvdmt'], 'pvdmt has no meaning in native'],
    [['run', '--workload', 'gusp'], 'unknown workload "gusp"'],
    [
      ['run', '--option', 'tea.minVMA=1'],
      'unknown parameter "tea.minVMA" (spec), nearest names: tea.minVmaMiB'
    ],
    [['run', '--option', 'seed'], '"seed" has no key and value (--option)'],
    [['run', '--workload', 'gups', '--trace', 'x'], 'one source of accesses'],
    [['run', '--maps', 'x'], 'missing (trace.file)'],
    [['run', '--spec', '/no/such/file'], 'no such file'],
    [['run', '--json', '/'], 'this is a folder'],
    [['run', '--json', '/no/such/folder/run.json'], 'no such folder'],
    [['run', '--report', '/'], 'other files'],
    [['run', '--json', ''], 'the value is empty (--json)'],
    [['export-artifact', '--out', ''], 'the value is empty (--out)'],
    [['conformance', '--trace', '', '--tables', 't'], 'the value is empty (--trace)'],
    [['conformance', '--trace', 't', '--tables', ''], 'the value is empty (--tables)'],
    [
      ['conformance', '--trace', 't', '--tables', 't', '--host-tables', ''],
      'the value is empty (--host-tables)'
    ],
    [['run', '--json', 'run.json', '--report', ''], 'the value is empty (--report)'],
    [['run', '--seed', '99999999999999999999'], '(seed)'],
    [['run', 'stray'], 'too many arguments'],
    [['walk', '--design', 'radix-3d'], 'radix-3d has no meaning in virtualized'],
    [['walk', '--coverage', 'L0'], '"L0" names no layer and mode'],
    [['walk', '--coverage', 'L0=Q'], '"Q" is not accepted (coverage.L0)'],
    [['walk', '--coverage', 'L0=P,L1=D'], 'L0 has no layer below it to cooperate with (coverage.L0)'],
    [['walk', '--coverage', 'L0=D,L0=R'], 'L0 is named twice (--coverage)'],
    [['walk', '--coverage', 'L2=D'], 'no layer L2 in virtualized'],
    [['trace'], "missing required argument 'FILE'"],
    [['trace', 'x', '--format', 'pdf'], "'pdf' is invalid"],
    [['report', 'x'], "'--out <DIR>' not specified"],
    [['report', '/', '--out', 'y'], 'folder, not a file'],
    [['serve', '--port', '70000'], '"70000" is no port']
  ])('lab %j', async (args, what) => {
    const { code, stdout, stderr, specs } = await lab(args)
    expect(stderr).toContain(what)
    expect(stderr).toMatch(ONE_LINE)
    expect([code, stdout, specs]).toEqual([2, '', []])
  })

  it('names several problems on the one line, and how many more there are', async () => {
    const wrong = [
      '--footprint',
      '1',
      '--levels',
      '9',
      '--seed',
      '-1',
      '--environment',
      'x',
      '--page-size',
      'y'
    ]
    const { stderr } = await lab(['run', ...wrong])
    expect(stderr).toMatch(ONE_LINE)
    expect(stderr).toContain('and 2 more')
  })

  it('keeps the line whole when a name holds line breaks or terminal commands', async () => {
    const { stderr } = await lab(['run', '--trace', 'x'], {
      fails: new UserError('no trace', 'a\n\u001b[2Jb', 'go')
    })
    expect(stderr).toBe('lab: no trace (a [2Jb), go\n')
  })
})

describe('help and version', () => {
  it.each([[['--help']], [['run', '--help']], [['help', 'walk']]])(
    'lab %j is exit 0 on stdout',
    async (args) => {
      const { code, stdout, stderr } = await lab(args)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain('Usage: lab')
    }
  )

  it('says in the help of walk what coverage does to the fallback', async () => {
    const { stdout } = await lab(['walk', '--help'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('sets nested.fallback to pure')
  })

  it('prints the version', async () => {
    expect(await lab(['--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' })
  })
})

describe('a defect is exit 1', () => {
  it('with a short line, and the stack only when asked for', async () => {
    const fails = new Error('frame outside memory')
    const quiet = await lab(['run'], { fails })
    expect(quiet).toMatchObject({ code: 1, stdout: '' })
    expect(quiet.stderr).toMatch(/^lab: defect: frame outside memory[^\n]*\n$/)
    expect((await lab(['run'], { fails, debug: true })).stderr).toContain('usage.test.ts')
  })
})
