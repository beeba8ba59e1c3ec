/** Files that are traces of a kind which the lab does not read: said by name, with what to do instead. */
import { UserError } from '@shared/model/user-error'
import { CLOUDSUITE_LAYOUT, looksLikeInstructions } from './champsim'

interface Refusal {
  readonly is: (firstBytes: Uint8Array) => boolean
  readonly what: string
  readonly todo: string
}

const startsWith =
  (...magic: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    magic.every((byte, i) => bytes[i] === byte)

const word = (bytes: Uint8Array, at: number): number => bytes[at] | (bytes[at + 1] << 8)

/** A packed drmemtrace begins with its header record: u16 type, u16 size, u64 version. */
const isDrmemtrace =
  (headerType: number, recordBytes: number, versions: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    bytes.length >= recordBytes &&
    word(bytes, 0) === headerType &&
    versions.includes(bytes[4]) &&
    bytes.subarray(5, 12).every((byte) => byte === 0)

const REFUSALS: readonly Refusal[] = [
  {
    is: isDrmemtrace(55, 20, [1]),
    what: 'this is the artifact’s own binary drmemtrace, with 20-byte records',
    todo: 'give the trace.bin of 8-byte records made from it, with the format lab'
  },
  {
    is: isDrmemtrace(25, 12, [2, 3, 4, 5, 6, 7]),
    what: 'this is DynamoRIO’s binary drmemtrace',
    todo: 'print it with drrun -t drmemtrace -tool view -indir DIR and give that text'
  },
  {
    is: startsWith(0x50, 0x4b, 0x03, 0x04),
    what: 'this is a zip archive, as drmemtrace keeps its parts in',
    todo: 'unpack it, or print a drmemtrace with drrun -t drmemtrace -tool view -indir DIR'
  },
  {
    is: startsWith(0x42, 0x5a, 0x68),
    what: 'this is packed with bzip2',
    todo: 'unpack it with bunzip2'
  },
  {
    is: startsWith(0x50, 0x45, 0x52, 0x46, 0x49, 0x4c, 0x45, 0x32),
    what: 'this is perf’s own data file',
    todo: 'print it with perf script -F comm,pid,tid,time,event,addr,ip and give that text'
  },
  {
    is: (bytes) => looksLikeInstructions(bytes, CLOUDSUITE_LAYOUT),
    what: 'this looks like ChampSim’s CloudSuite variant, with 96-byte records',
    todo: 'convert it to the 64-byte records of ChampSim'
  }
]

/** Undefined for a file that is nothing known at all. */
export function refusedByName(firstBytes: Uint8Array, name: string): UserError | undefined {
  const refusal = REFUSALS.find(({ is }) => is(firstBytes))
  return refusal && new UserError(refusal.what, name, refusal.todo)
}
