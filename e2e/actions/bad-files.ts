/** Files as they should not be, written into a story's own folder. */
import { readFile, writeFile } from 'node:fs/promises'

const TRACES = 'tests/fixtures/traces'

export async function truncatedGzip(path: string): Promise<string> {
  const whole = await readFile(`${TRACES}/cat.lackey.gz`)
  await writeFile(path, whole.subarray(0, whole.length / 2))
  return path
}

export async function proseFile(path: string): Promise<string> {
  await writeFile(path, 'It was the best of times, it was the worst of times.\n'.repeat(20))
  return path
}

/** Loads of one page after the other as 8-byte records, without the header that would tell what they are. */
export async function headerlessRecords(path: string, records: number): Promise<string> {
  const bytes = Buffer.alloc(8 * records)
  for (let i = 0; i < records; i++)
    bytes.writeBigUInt64LE((8n << 56n) | BigInt(0x7f0000000000 + 4096 * i), 8 * i)
  await writeFile(path, bytes)
  return path
}

export async function overlappingMap(path: string): Promise<string> {
  const areas = [
    '00400000-00500000 r-xp 00000000 08:01 42 /usr/bin/program',
    '004ff000-00600000 rw-p 00000000 00:00 0 [heap]'
  ]
  await writeFile(path, `${areas.join('\n')}\n`)
  return path
}
