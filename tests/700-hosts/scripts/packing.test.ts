import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const text = readFileSync('electron-builder.yml', 'utf8')

/** The lines `name: value` below a key of the first level. */
function section(key: string): Record<string, string> {
  const body = new RegExp(`^${key}:\\n((?: +.*\\n)+)`, 'm').exec(text)?.[1] ?? ''
  return Object.fromEntries(
    Array.from(body.matchAll(/^ +(\w+): (.+)$/gm), ([, name, value]) => [name, value])
  )
}

describe('electron-builder.yml', () => {
  it('sets every fuse that narrows what the packed program can be made to run', () => {
    expect(section('electronFuses')).toEqual({
      runAsNode: 'false',
      enableCookieEncryption: 'true',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      grantFileProtocolExtraPrivileges: 'false'
    })
  })

  it('packs an archive, which two of the fuses rely on', () => {
    expect(text).toMatch(/^asar: true$/m)
  })
})
