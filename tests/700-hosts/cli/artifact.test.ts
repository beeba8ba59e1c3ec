import type { ArtifactFiles } from '@shared/model/paper-tools'
import { describe, expect, it } from 'vitest'
import { lab } from '../../builders/cli'

const looked: ArtifactFiles = {
  files: [
    { token: 'a/trace.bin', name: 'trace.bin', content: { kind: 'trace', records: 50_000 } },
    {
      token: 'a/x',
      name: 'x',
      content: { kind: 'dump', pages: 6144, role: 'guest', seemsFrameNumbers: true }
    },
    { token: 'a/y', name: 'y', content: { kind: 'other' } }
  ],
  results: [],
  measurements: [],
  replay: { trace: 'a/trace.bin', tables: 'a/x', hostTables: null },
  seemFrameNumbers: true
}

describe('lab artifact', () => {
  it('says what each file is, and the replay that they are for', async () => {
    const { code, stdout, calls } = await lab(['artifact', 'a/trace.bin', 'a/x', 'a/y'], { looked })
    expect([code, calls]).toEqual([0, ['look a/trace.bin a/x a/y null']])
    expect(stdout).toMatch(/^a\/trace.bin +Trace, 50,000 records of 8 bytes$/m)
    expect(stdout).toMatch(/^a\/x +Page-table dump of a guest .* 6,144 pages, seems to hold frame numbers$/m)
    expect(stdout).toContain('lab conformance --trace a/trace.bin --tables a/x (with --frame-numbers')
  })

  it('takes columns as they are said to be', async () => {
    const { calls } = await lab(['artifact', 'x', '--frame-numbers'], { looked })
    expect(calls).toEqual(['look x true'])
  })

  it('refuses what is none in one line', async () => {
    const { code, stderr, stdout } = await lab(['artifact', 'x'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe('lab: this is no file of the artifact (x), see lab trace for traces\n')
  })
})
