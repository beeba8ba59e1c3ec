/** How a file is packed, told by its first bytes whatever it is called, and how it comes unpacked. */
import type { Compression } from '@shared/model/trace-look'
import { UserError } from '@shared/model/user-error'
import { unpackGzip } from './unpack-gzip'
import { unpackXz } from './unpack-xz'
import { unpackZstd } from './unpack-zstd'

type Packed = Exclude<Compression, 'none'>

const MAGIC: Readonly<Record<Packed, readonly number[]>> = {
  gzip: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  zstd: [0x28, 0xb5, 0x2f, 0xfd]
}
export const LONGEST_MAGIC = 6

const UNPACK: Readonly<
  Record<Packed, (packed: AsyncIterable<Uint8Array>, name: string) => AsyncGenerator<Uint8Array>>
> = { gzip: unpackGzip, xz: unpackXz, zstd: unpackZstd }

/**
 * No trace packs tighter: a program that repeats one record for ever packs 1,000 to 1 with gzip. An archive that
 * does was made to fill disks or waste time. Small ones may be anything.
 */
const MOST_EXPANSION = 4096
const SMALL_BYTES = 2 ** 30

export function compressionOf(beginning: Uint8Array): Compression {
  const found = (Object.keys(MAGIC) as Packed[]).find((one) =>
    MAGIC[one].every((byte, i) => beginning[i] === byte)
  )
  return found ?? 'none'
}

/** @throws UserError for an archive that is cut short, damaged, or expands beyond what a trace does */
export async function* unpacked(
  compression: Packed,
  packed: AsyncIterable<Uint8Array>,
  name: string
): AsyncGenerator<Uint8Array> {
  let bytesIn = 0
  let bytesOut = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of packed) {
      bytesIn += chunk.length
      yield chunk
    }
  }
  for await (const chunk of UNPACK[compression](counted(), name)) {
    bytesOut += chunk.length
    if (bytesOut > SMALL_BYTES && bytesOut > MOST_EXPANSION * bytesIn) throw bomb(compression, name)
    yield chunk
  }
}

const bomb = (compression: Packed, name: string): UserError =>
  new UserError(
    `the ${compression} archive unpacks to more than ${MOST_EXPANSION} times its size`,
    name,
    'give a trace, plain or packed'
  )
