import { openStream } from '@main/store/open-stream'
import { summarizeTrace } from '@main/traces/trace-summary'
import { UserError } from '@shared/model/user-error'
import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let folder = ''
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'archives-'))))
afterAll(() => rmSync(folder, { recursive: true }))

const archive = (name: string): Buffer => readFileSync(`tests/fixtures/archives/${name}`)
const TEXT = gunzipSync(archive('lines.gz'))
const MIB = 2 ** 20

function file(content: Uint8Array): string {
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}

async function unpack(content: Uint8Array, chunkBytes?: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  const stream = await openStream(file(content), chunkBytes === undefined ? {} : { chunkBytes })
  for await (const chunk of stream.chunks()) parts.push(chunk.slice())
  return Buffer.concat(parts)
}

/** Its text, or the one line that refuses it. */
async function outcome(content: Uint8Array, chunkBytes?: number): Promise<Buffer | string> {
  return unpack(content, chunkBytes).catch((error: unknown) => {
    expect(error).toBeInstanceOf(UserError)
    const { message } = error as UserError
    expect(message).not.toContain('\n')
    return message
  })
}

const PACKED = ['lines.gz', 'lines.xz', 'blocks.xz', 'lines.zst', 'no-check.zst']
/** Their dictionaries and windows are as large as any that is taken, and are made anew each time. */
const LARGE = ['largest-dictionary.xz', 'window-128MiB.zst']

describe.each(LARGE)('%s', (name) => {
  it('is unpacked', async () => {
    expect((await unpack(archive(name), 100)).equals(TEXT)).toBe(true)
  })
})

describe.each(PACKED)('%s', (name) => {
  const packed = archive(name)

  it.each([1, 7, 100, 100_000])('is unpacked, read %i bytes at a time', async (chunkBytes) => {
    expect((await unpack(packed, chunkBytes)).equals(TEXT)).toBe(true)
  })

  it('may be several, one after another', async () => {
    const three = Buffer.concat([packed, packed, packed])
    for (const chunkBytes of [1, packed.length, 100_000]) {
      expect((await unpack(three, chunkBytes)).equals(Buffer.concat([TEXT, TEXT, TEXT]))).toBe(true)
    }
  })

  it('says what it is, and that of all of it a digest is known', async () => {
    const stream = await openStream(file(packed))
    expect(stream.compression).toBe({ gz: 'gzip', xz: 'xz', zst: 'zstd' }[name.split('.')[1]])
    expect(stream.bytes).toBe(packed.length)
  })

  it('is refused wherever it was cut', async () => {
    const step = Math.ceil(packed.length / 60)
    for (let length = 7; length < packed.length; length += step) {
      expect(await outcome(packed.subarray(0, length), 50)).toMatch(
        / archive is (cut short|damaged) \(file\)/
      )
    }
    expect(await outcome(packed.subarray(0, -1))).toMatch(/ archive is (cut short|damaged)/)
  })

  it('is refused when something else follows', async () => {
    expect(await outcome(Buffer.concat([packed, Buffer.from('something else, long enough')]))).toMatch(
      / archive is (cut short|damaged)/
    )
  })

  it('ends in a line or in text, whatever bits are flipped; with a checksum in its own text', async () => {
    const aBit = fc.nat(packed.length * 8 - 1)
    await fc.assert(
      fc.asyncProperty(fc.array(aBit, { minLength: 1, maxLength: 3 }), async (bits) => {
        const flipped = Buffer.from(packed)
        for (const bit of bits) flipped[bit >> 3] ^= 1 << (bit & 7)
        const result = await outcome(flipped)
        const isSame = flipped.subarray(0, 6).equals(packed.subarray(0, 6))
        if (isSame && typeof result !== 'string' && name !== 'no-check.zst')
          expect(result.equals(TEXT)).toBe(true)
      }),
      { numRuns: 300 }
    )
  }, 60_000)
})

describe('an archive that asks for too much', () => {
  it.each([
    [
      'dictionary-1536MiB.xz',
      'the xz archive needs a dictionary over 64 MiB (file), pack it again with xz -9'
    ],
    ['window-2GiB.zst', 'the zstd archive needs a window over 128 MiB (file), pack it again without --long'],
    ['sha256.xz', 'the xz archive uses a filter or check the lab does not know (file), pack it again with xz']
  ])('is refused before it gets it: %s', async (name, line) => {
    const before = process.memoryUsage().rss
    expect(await outcome(archive(name))).toBe(line)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * MIB)
  })
})

/** A frame of blocks of 128 KiB that repeat one byte, four bytes each. */
function zstdOfRepeats(blocks: number, byte: number): Buffer {
  const bytes = Buffer.alloc(6 + 4 * blocks)
  // Magic, no flags, a window of 128 KiB.
  bytes.set([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38])
  for (let i = 0; i < blocks; i++) {
    bytes.writeUIntLE((0x20000 << 3) | 2 | (i === blocks - 1 ? 1 : 0), 6 + 4 * i, 3)
    bytes[9 + 4 * i] = byte
  }
  return bytes
}

/** One member of gzip that unpacks to zeros, in parts of 64 MiB that end at a byte. Nobody reads as far as its sum. */
function gzipOfZeros(parts: number): Buffer {
  const head = gzipSync(Buffer.alloc(0)).subarray(0, 10)
  const part = deflateRawSync(Buffer.alloc(64 * MIB), { level: 1, finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([head, ...Array<Buffer>(parts).fill(part)])
}

describe('an archive made to waste time', () => {
  const bombs: readonly (readonly [string, () => Buffer])[] = [
    ['8 GiB in zstd', () => zstdOfRepeats(65_536, 0)],
    ['6 GiB in xz', () => gunzipSync(archive('zeros-6GiB.xz.gz'))],
    ['a gigabyte in gzip', () => gzipOfZeros(16)]
  ]

  it.each(bombs)('ends where 64 MiB of it hold no record: %s', async (_, bomb) => {
    const path = file(bomb())
    const before = process.memoryUsage().arrayBuffers
    await expect(summarizeTrace(await openStream(path), 'lackey')).rejects.toThrow(
      /^64MiB of it hold no record of the format lackey/
    )
    await expect(summarizeTrace(await openStream(path))).rejects.toThrow(/^this is no trace the lab knows/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(256 * MIB)
  })

  it('ends where it has unpacked to more than a trace ever does', async () => {
    const stream = await openStream(file(zstdOfRepeats(65_536, 0x61)))
    let bytes = 0
    const reading = (async () => {
      for await (const chunk of stream.chunks()) bytes += chunk.length
    })()
    await expect(reading).rejects.toThrow('the zstd archive unpacks to more than 4096 times its size')
    expect(bytes).toBeLessThan(1100 * MIB)
  }, 60_000)
})

describe('skippable frames of zstd', () => {
  const skippable = (bytes: number): Buffer => {
    const frame = Buffer.alloc(8 + bytes, 0x20)
    frame.writeUInt32LE(0x184d2a50 + (bytes % 16), 0)
    frame.writeUInt32LE(bytes, 4)
    return frame
  }

  it('are passed over between frames and at the end', async () => {
    const packed = archive('lines.zst')
    for (const chunkBytes of [1, 3, 100_000]) {
      const both = Buffer.concat([packed, skippable(0), skippable(300), packed, skippable(5)])
      expect((await unpack(both, chunkBytes)).equals(Buffer.concat([TEXT, TEXT]))).toBe(true)
    }
  })
})

describe('an xz archive read by two at a time', () => {
  it('comes whole to both, and to a third after one that nobody read to its end', async () => {
    const path = file(archive('lines.xz'))
    const abandoned = (await openStream(path, { chunkBytes: 50 })).chunks()[Symbol.asyncIterator]()
    await abandoned.next()
    const [one, other] = [await openStream(path), await openStream(path)].map((stream) =>
      stream.chunks()[Symbol.asyncIterator]()
    )
    const parts: [Uint8Array[], Uint8Array[]] = [[], []]
    for (let isDone = false; !isDone;) {
      const [a, b] = [await one.next(), await other.next()]
      if (!a.done) parts[0].push(a.value)
      if (!b.done) parts[1].push(b.value)
      isDone = a.done === true && b.done === true
    }
    expect(parts.map((all) => Buffer.concat(all).equals(TEXT))).toEqual([true, true])
    await abandoned.return?.()
  })
})
