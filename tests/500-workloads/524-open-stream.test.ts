import { openStream } from '@main/store/open-stream'
import { UserError } from '@shared/model/user-error'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'open-stream-'))))
afterAll(() => rmSync(folder, { recursive: true }))

function file(content: Uint8Array | string, name = 'file'): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function readAll(path: string, chunkBytes?: number): Promise<string> {
  const parts: Uint8Array[] = []
  const stream = await openStream(path, chunkBytes === undefined ? {} : { chunkBytes })
  for await (const chunk of stream.chunks()) parts.push(chunk.slice())
  return Buffer.concat(parts).toString()
}

const TEXT = Array.from({ length: 400 }, (_, i) => `line ${i} ${(i * 7919) % 1009}\n`).join('')
const one = gzipSync(TEXT)
const two = gzipSync('the second member\n')

describe('a file', () => {
  it('comes as it is when plain, unpacked when its first bytes are those of gzip', async () => {
    expect(await readAll(file(TEXT, 'named-wrongly.gz'))).toBe(TEXT)
    expect(await readAll(file(one, 'named-wrongly.txt'))).toBe(TEXT)
    expect(await readAll(file('', 'empty'))).toBe('')
    expect(await readAll(file('\u001f', 'one-byte'))).toBe('\u001f')
  })

  it.each([1, 7, 18, 1000])('may be several gzip members, read %i bytes at a time', async (chunkBytes) => {
    expect(await readAll(file(Buffer.concat([one, two, one])), chunkBytes)).toBe(
      TEXT + 'the second member\n' + TEXT
    )
  })

  it('knows its size on disk, how much has been read, and its digest', async () => {
    const stream = await openStream(file(one, 'known.gz'))
    expect([stream.name, stream.bytes, stream.bytesRead()]).toEqual(['known.gz', one.length, 0])
    for await (const chunk of stream.chunks()) expect(chunk.length).toBeGreaterThan(0)
    expect(stream.bytesRead()).toBe(one.length)
    expect(await stream.sha256()).toBe(createHash('sha256').update(one).digest('hex'))
  })

  it.each([
    ['plain', Buffer.from(TEXT)],
    ['packed', one]
  ])('has the digest of all of it even when it was read in part (%s)', async (_, bytes) => {
    const stream = await openStream(file(bytes), { chunkBytes: 10 })
    for await (const chunk of stream.chunks()) if (chunk.length > 0) break
    expect(await stream.sha256()).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('starts over when its chunks are asked for again', async () => {
    const stream = await openStream(file(one))
    for (let round = 0; round < 2; round++) {
      let bytes = 0
      for await (const chunk of stream.chunks()) bytes += chunk.length
      expect([bytes, stream.bytesRead()]).toEqual([TEXT.length, one.length])
    }
  })
})

async function refusal(path: string, chunkBytes?: number): Promise<string> {
  const error: unknown = await readAll(path, chunkBytes).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(UserError)
  const { message } = error as UserError
  expect(message).not.toContain('\n')
  return message
}

describe('a file that cannot be read', () => {
  it('is refused in one line that says why', async () => {
    mkdirSync(join(folder, 'folder'))
    expect(await refusal(join(folder, 'none'))).toBe('there is no such file (none), check its name')
    expect(await refusal(join(file('x'), 'below'))).toBe('there is no such file (below), check its name')
    expect(await refusal(join(folder, 'folder'))).toBe('this is a directory (folder), give a file')
  })

  it('is refused at once when it is a pipe', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(await refusal(pipe)).toBe('this is no ordinary file (pipe), give a file on disk')
  })

  it('is named as the caller shows it', async () => {
    await expect(openStream(join(folder, 'none'), { shownAs: 'a/none' })).rejects.toThrow(/\(a\/none\)/)
  })
})

describe('a broken archive', () => {
  it('is refused wherever it was cut', async () => {
    for (let length = 2; length < one.length; length += length < 40 || length > one.length - 20 ? 1 : 97) {
      expect(await refusal(file(one.subarray(0, length)))).toBe(
        'the gzip archive is cut short (file), copy it again'
      )
    }
  })

  it.each([1, 5, 65_536])(
    'is refused wherever its second member was cut, read %i bytes at a time',
    async (chunkBytes) => {
      const whole = Buffer.concat([two, two])
      for (let length = two.length + 1; length < whole.length; length++) {
        expect(await refusal(file(whole.subarray(0, length)), chunkBytes)).toMatch(
          /^the gzip archive is cut short/
        )
      }
    }
  )

  it('is refused when cut in its second member, its first as long as what is read at a time', async () => {
    const whole = Buffer.concat([one, two])
    for (let length = one.length + 1; length < whole.length; length++) {
      expect(await refusal(file(whole.subarray(0, length)), one.length)).toMatch(
        /^the gzip archive is cut short/
      )
    }
  })

  it('is refused when its bytes were changed', async () => {
    const changed = Uint8Array.from(one)
    changed[one.length - 6] ^= 1
    expect(await refusal(file(changed))).toBe('the gzip archive is damaged (file), copy it again')
    expect(await refusal(file(Buffer.concat([one, Buffer.from('no gzip')])))).toMatch(
      /^the gzip archive is damaged/
    )
  })
})
