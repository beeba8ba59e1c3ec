/** The parameters of the emulated translation hardware. A profile is a full set of them, with sources. */
import { z } from 'zod'
import { sizeBetween } from './quantity-schema'

const count = z
  .int()
  .min(0)
  .max(2 ** 24)
const cycles = z.number().min(0).max(1e6)

const wholeSets = [
  (a: { entries: number; ways: number }): boolean => a.entries % a.ways === 0,
  { message: 'entries / ways must be a whole number of sets' }
] as const

/** A set-associative array; entries 0 means the structure is absent. */
const arraySchema = z.strictObject({ entries: count, ways: z.int().min(1).max(4096) }).refine(...wholeSets)

const wholeLines = [
  (c: { bytes: number; ways: number }): boolean => c.bytes % (c.ways * 64) === 0,
  { message: 'bytes must be a whole number of sets of 64-byte lines' }
] as const

const cacheShape = { ways: z.int().min(1).max(64), latencyCycles: cycles }
const cacheSchema = z.strictObject({ bytes: sizeBetween(64, 2 ** 32), ...cacheShape }).refine(...wholeLines)
/** 0 bytes means that the level is absent. */
const optionalCacheSchema = z
  .strictObject({ bytes: sizeBetween(0, 2 ** 32), ...cacheShape })
  .refine(...wholeLines)

const firstLevelTlbSchema = z.strictObject({ '4K': arraySchema, '2M': arraySchema, '1G': arraySchema })

/** Entries of a page-walk cache by the level of the entry it stands for (2: PDE, 3: PDPTE, 4: PML4E, 5: PML5E). */
const walkCacheSchema = z.strictObject({
  level2: arraySchema,
  level3: arraySchema,
  level4: arraySchema,
  level5: arraySchema
})

/**
 * Which way of a set is replaced: `lru` true least recently used; `plru` a binary tree of bits; `lfu` the least
 * often hit since it came in, without ageing; `counted-lru` the ageing counters of the simulator published with DMT.
 */
const REPLACEMENTS = ['lru', 'plru', 'lfu', 'counted-lru'] as const
export type Replacement = (typeof REPLACEMENTS)[number]
const replacement = z.enum(REPLACEMENTS).default('lru')

export const hardwareSchema = z.strictObject({
  tlb: z.strictObject({
    replacement,
    /** Of an access that crosses into the next page: are `both` pages looked up, or the `first` alone. */
    crossing: z.enum(['both', 'first']).default('both'),
    instruction: firstLevelTlbSchema,
    data: firstLevelTlbSchema,
    /** The second level: one array shared by 4K and 2M entries, one for 1G. */
    shared: z.strictObject({ '4K2M': arraySchema, '1G': arraySchema, latencyCycles: cycles })
  }),
  pwc: z.strictObject({
    guest: walkCacheSchema,
    host: walkCacheSchema,
    latencyCycles: cycles,
    replacement,
    /**
     * `x86`: an entry is made by the read it saves and stands for one table entry. `artifact`: as the simulator
     * published with DMT has it: every level is asked for and filled at once, an entry stands for eight table
     * entries, and the host's caches serve table pages only.
     */
    style: z.enum(['x86', 'artifact']).default('x86')
  }),
  /** Translations of table pages of a guest, found during 2-D walks. */
  ntlb: z.strictObject({ ...arraySchema.shape, latencyCycles: cycles }).refine(...wholeSets),
  cache: z.strictObject({
    l1i: cacheSchema,
    l1d: cacheSchema,
    l2: optionalCacheSchema,
    llc: cacheSchema,
    memoryLatencyCycles: cycles,
    replacement,
    /** `next-line`: a miss of the L1 data cache, walk reads included, also brings in the line after it. */
    prefetcher: z.enum(['none', 'next-line']).default('none'),
    /** What a walk is told of a line that the same cache served last: a `hit`, or `memory` as the simulator published with DMT. */
    repeatedLine: z.enum(['hit', 'memory']).default('hit'),
    /**
     * What an access over several lines asks for: each of its `lines` by itself, or `once` for all of them, as
     * Cachegrind does: a level misses when it lacks one of them, and then the next is asked for all.
     */
    straddle: z.enum(['lines', 'once']).default('lines'),
    /** A read-modify-write asks for its lines `twice`, or `once`, when it reads. */
    modify: z.enum(['twice', 'once']).default('twice')
  })
})

/** Where the parameters of the hardware stand in a spec. */
export const HARDWARE_GROUPS = ['tlb', 'pwc', 'ntlb', 'cache'] as const

export type HardwareParameters = z.infer<typeof hardwareSchema>
export type ArrayGeometry = z.infer<typeof arraySchema>
export type CacheGeometry = z.infer<typeof cacheSchema>
export type WalkCacheGeometry = z.infer<typeof walkCacheSchema>

export interface HardwareProfile {
  readonly id: string
  /** Of a person's own hardware: the profile that its file differs from. */
  readonly base?: string
  readonly title: string
  readonly summary: string
  readonly hardware: HardwareParameters
  /** Default of `dmt.matchCycles` on this hardware, where it is not the usual one. */
  readonly matchCycles?: number
  /** For each parameter path (or its prefix): where the number comes from, or `assumed`. */
  readonly sources: Readonly<Record<string, string>>
}
