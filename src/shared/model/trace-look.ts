/** What a look at a trace file tells: shared by the window's preview, the command line and its JSON. */
import type { TraceFormatId } from './trace-format-id'

/** How a file is packed, by its first bytes. */
export const COMPRESSIONS = ['none', 'gzip', 'xz', 'zstd'] as const
export type Compression = (typeof COMPRESSIONS)[number]

/** A row of a trace as the emulator will see it; a read-modify-write is two. */
export interface TraceRow {
  readonly kind: 'fetch' | 'load' | 'store'
  /** Virtual, `0x` and hex digits; 57 bits of it. */
  readonly address: string
  readonly size: number
}

/** What is known of a format's rows from its beginning already. */
export interface TraceShape {
  readonly format: TraceFormatId
  readonly compression: Compression
  /** The rows are samples of what the program did: rates of hits and misses over them say nothing. */
  readonly sampled: boolean
  /** Every format so far holds virtual addresses. */
  readonly addresses: 'virtual'
  /** The format has no sizes, so they are assumed (docs/formats.md). */
  readonly sizes: 'recorded' | 'assumed'
  /** The first rows, at most a dozen. */
  readonly firstRecords: readonly TraceRow[]
  /** What a person should know about this file before using it, a sentence each. */
  readonly notes: readonly string[]
}

/** A first look at the beginning of a file; for a memory map at all of it. */
export interface TracePeek {
  readonly token: string
  readonly name: string
  /** On disk. */
  readonly bytes: number
  /** Null when the file is a memory map, and where no format is known to read it. */
  readonly shape: TraceShape | null
  /** Why no format was found by the content, in one line: one that is asked for by name may still read it. */
  readonly unread: string | null
  readonly firstBadLines: readonly string[]
  readonly maps: { readonly token: string; readonly name: string; readonly areas: number } | null
}
