import { describe, expect, it } from 'vitest'
import { TRACE_FORMATS } from '@main/traces'
import { lab } from '../../builders/cli'

describe('lab formats', () => {
  it('tells the shortest way first, then each format that is read, with its commands', async () => {
    const { code, stdout, stderr } = await lab(['formats'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^scripts\/record-trace: with one command\n {2}Needs: package valgrind\.\n/)
    for (const { info } of TRACE_FORMATS) {
      expect(stdout).toContain(`\n${info.id}: ${info.title}`)
      for (const command of info.recording.commands) expect(stdout).toContain(`\n    ${command}\n`)
    }
    expect(stdout).toContain('cat /proc/PID/maps')
  })

  it('gives the list as JSON', async () => {
    const { stdout } = await lab(['formats', '--json'])
    expect(JSON.parse(stdout)).toEqual(TRACE_FORMATS.map(({ info }) => info))
  })
})
