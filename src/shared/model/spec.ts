/** Everything that decides a run. The same spec, seed and version give the same digest on every machine. */
import { z } from 'zod'
import { PAGE_POLICIES } from '../arch/page-size'
import { ENVIRONMENTS, LAYER_MODES, LAYER_NAMES } from './environment'
import { hardwareSchema } from './hardware-profile'
import { countBetween, sizeBetween } from './quantity-schema'
import { TRACE_FORMAT_CHOICES } from './trace-format-id'
import { workloadKnobs } from './workload-knobs'

const footprint = sizeBetween(2 ** 20, 2 ** 40)
/** From what the roots of page tables need, with room, to what frame numbers can name. */
const layerMemory = sizeBetween(2 ** 20, 2 ** 41)
const amount = countBetween(0, 1e12)
const cycles = z.number().min(0).max(1e9)
const share = z.number().min(0).max(1)

const traceSchema = z.strictObject({
  /** Path of the trace; in the window a token that main resolves. */
  file: z.string().min(1).max(4096),
  format: z.enum(TRACE_FORMAT_CHOICES).default('auto'),
  maps: z.string().nullable().default(null)
})

const scenarioSchema = z.strictObject({
  /** One that comes with the lab, or null. */
  name: z.string().max(64).nullable().default(null),
  /** Path of a scenario file; in the window a token that main resolves. */
  file: z.string().min(1).max(4096).nullable().default(null)
})

/** Costs of events in cycles; evidence in docs/parameters.md. */
const costsSchema = z.strictObject({
  vmExit: cycles.default(1500),
  hypercall: cycles.default(1500),
  nestedExit: cycles.default(35_000),
  nestedExitByL0: cycles.default(2000),
  vmcsAccess: cycles.default(1500),
  eptViolation: cycles.default(1500),
  shadowFill: cycles.default(1500),
  shadowSync: cycles.default(1500),
  minorFault: cycles.default(2000),
  hugeFault: cycles.default(100_000),
  shootdown: cycles.default(2000),
  shootdownPerTarget: cycles.default(500),
  copyPage: cycles.default(1500),
  migratePage: cycles.default(4000),
  zeroPage: cycles.default(400),
  registerWrite: cycles.default(100),
  hashMove: cycles.default(100),
  rangeUpdate: cycles.default(200),
  systemCall: cycles.default(200),
  contextSwitch: cycles.default(1500),
  unmapPage: cycles.default(50)
})

const timeSchema = z.strictObject({
  /** Cycles per instruction when nothing stalls. */
  cpi: z.number().min(0).max(100).default(1),
  /** Share of a walk's latency that other work hides. */
  walkHidden: share.default(0.35),
  /** Share of a data access's latency beyond the L1 cache that other work hides. */
  dataHidden: share.default(0.5)
})

export const labSpecSchema = z.strictObject({
  environment: z.enum(ENVIRONMENTS).default('virtualized'),
  lanes: z.array(z.string()).min(1).default(['radix', 'pvdmt']),
  workload: z.string().default('gups'),
  trace: traceSchema.nullable().default(null),
  scenario: scenarioSchema.nullable().default(null),
  footprint: footprint.default(4 * 2 ** 30),
  references: amount.default(2_000_000),
  warmup: amount.default(0),
  loop: z.boolean().default(false),
  pageSize: z.enum(PAGE_POLICIES).default('4K'),
  hostPageSize: z.enum(PAGE_POLICIES).default('4K'),
  levels: z.union([z.literal(4), z.literal(5)]).default(4),
  /** Of every layer below the innermost OS, EPT02 among them; 0: as `levels`. */
  hostLevels: z.union([z.literal(0), z.literal(4), z.literal(5)]).default(0),
  profile: z.string().default('skylake'),
  fragmentation: share.default(0),
  memory: z
    .strictObject({
      /** Physical memory of a layer; the lab's own choice for layers that are not named. */
      limits: z.partialRecord(z.enum(LAYER_NAMES), layerMemory).default({}),
      /** Which frame a 4 KiB page gets: any, or one that lies in the caches where its address would lie. */
      colouring: z.enum(['none', 'identity']).default('none')
    })
    .prefault({}),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  verify: z.boolean().default(false),
  cooperation: z.boolean().default(true),
  /** How each layer is translated when it differs from the design's own choice (`walk --coverage`). */
  coverage: z.partialRecord(z.enum(['L0', 'L1', 'L2']), z.enum(LAYER_MODES)).default({}),
  tea: z
    .strictObject({
      minVmaMiB: z
        .int()
        .min(0)
        .max(2 ** 20)
        .default(64),
      /** Smallest piece, in table pages, that a TEA may be split into when contiguity is missing. */
      minSlots: z
        .int()
        .min(1)
        .max(2 ** 20)
        .default(32),
      /** Least share, in percent, of slots in use after two areas have become one. */
      mergeOccupancy: z.int().min(1).max(100).default(98),
      /** Areas of a process grow when a table page beyond their end is needed. */
      expand: z.boolean().default(true),
      /** Ends that no memory area uses are given back when less than half is in use. */
      trim: z.boolean().default(true),
      /** A memory area that lies in an existing TEA uses it; the published kernel leaves this out. */
      inclusion: z.boolean().default(true),
      /** The published kernel's process list of big TEAs: 512 GiB of addresses around the start of the area. */
      big: z.boolean().default(false),
      /** The published kernel's rounding: a slot more when the area ends at a boundary. */
      artifactRounding: z.boolean().default(false),
      /** The published kernel's defect: table pages that are freed leave their slot taken and go to the system. */
      artifactFreeBug: z.boolean().default(false)
    })
    .prefault({}),
  dmt: z
    .strictObject({
      registers: z.int().min(0).max(256).default(16),
      /** Page-size classes with TEAs of their own; 0 means one per page size in use. */
      classes: z.int().min(0).max(3).default(0),
      matchCycles: cycles.default(1),
      /** Who gets registers: the first areas (no more are made), or those that walks ask for most. */
      policy: z.enum(['first', 'ranked']).default('first'),
      /** Accesses between two rankings. */
      rankEvery: z.int().min(1).max(1e9).default(65_536)
    })
    .prefault({}),
  cpu: z
    .strictObject({
      /** CPUs of the machine that runs the process's threads. */
      count: z.int().min(1).max(64).default(1),
      /** Entries of TLBs and walk caches are tagged by process, and survive a switch. */
      pcid: z.boolean().default(true),
      /** Accesses from one load of a wrong path to the next; 0: none. */
      wrongPathEvery: z.int().min(0).max(1e9).default(0)
    })
    .prefault({}),
  thp: z
    .strictObject({
      /** Accesses between two scans of khugepaged; 0: it sleeps. */
      scanEvery: z.int().min(0).max(1e9).default(0),
      pagesToScan: z.int().min(1).max(1e9).default(4096),
      /** Most pages of a huge page to be that nothing maps yet. */
      maxNone: z.int().min(0).max(511).default(511)
    })
    .prefault({}),
  shadow: z
    .strictObject({
      /** Guest roots that may be loaded without an exit. */
      cachedRoots: z.int().min(0).max(256).default(4)
    })
    .prefault({}),
  hugegpt: z
    .strictObject({
      /** Whether the root table lies in a segment too; the published kernel leaves it in ordinary memory. */
      root: z.enum(['included', 'excluded']).default('included'),
      /** Size of a segment for table pages, as a share of the guest's memory. */
      segmentShare: share.default(0.01)
    })
    .prefault({}),
  fpt: z
    .strictObject({
      /** Levels that become one: 4 with 3 and 2 with 1, 3 with 2 alone, or none. */
      folding: z.enum(['43-21', '32', 'none']).default('43-21')
    })
    .prefault({}),
  ecpt: z
    .strictObject({
      /** What a walk knows of the place of an entry: what the cuckoo walk caches say, or as much every time. */
      knowledge: z.enum(['walk-caches', 'way', 'size', 'none']).default('walk-caches'),
      /** Lines of 8 entries in each way of a new table. */
      initialLines: z
        .int()
        .min(64)
        .max(2 ** 24)
        .default(16_384),
      /** Share of a table in use from which on it is made larger. */
      threshold: z.number().min(0.1).max(0.95).default(0.6),
      /** By how much a way grows. */
      scale: z.int().min(2).max(16).default(4),
      /** Lines moved to the larger ways at each insertion while a table grows. */
      moveLines: z.int().min(1).max(65_536).default(16),
      /** Entries of the cuckoo walk caches, by what an entry covers. */
      cache2M: z.int().min(0).max(4096).default(16),
      cache1G: z.int().min(0).max(4096).default(2),
      hashCycles: cycles.default(2),
      cacheCycles: cycles.default(4),
      /** A walk waits for the walk tables where its caches miss; else it probes every way meanwhile. */
      waitsForTables: z.boolean().default(false)
    })
    .prefault({}),
  agile: z
    .strictObject({
      /** Guest levels that are walked nested, from the leaf up; -1: those whose tables the guest writes often. */
      nestedLevels: z.int().min(-1).max(5).default(-1),
      /** Exits for one table within an interval from which on its level is nested. */
      writes: z.int().min(1).max(1_000_000).default(2),
      /** Accesses between two looks at which nested tables the guest has left alone. */
      interval: z.int().min(1).max(1e9).default(65_536)
    })
    .prefault({}),
  rmm: z
    .strictObject({
      /** Whether ranges are looked up as in the range TLBs, always found there, or never. */
      range: z.enum(['lookup', 'hit', 'miss']).default('lookup'),
      /** Entries of the range TLB of each layer. */
      entries: z.int().min(1).max(1024).default(32),
      /** Most memory that is allocated contiguously at once; smaller where there is no such run. */
      eager: sizeBetween(4096, 2 ** 40).default(2 ** 30),
      /** Least pages of a range worth an entry of the range table. */
      minPages: z
        .int()
        .min(1)
        .max(2 ** 30)
        .default(64)
    })
    .prefault({}),
  nested: z
    .strictObject({
      fallback: z.enum(['shadow-ept', 'pure']).default('shadow-ept'),
      /** VMREAD and VMWRITE of L1 that exit to L0 while it handles one exit of L2; 0: the VMCS is shadowed. */
      vmcsAccesses: z.int().min(0).max(10_000).default(0)
    })
    .prefault({}),
  gtea: z
    .strictObject({
      /** Off: L0 answers "no such call", and guests do not ask again. */
      support: z.boolean().default(true),
      /** When hardware reads the gTEA entry that a register names. */
      check: z.enum(['on-load', 'on-walk-cached', 'on-walk-memory']).default('on-load'),
      /** Entries of the cache of `on-walk-cached`. */
      cacheEntries: z.int().min(1).max(1024).default(4),
      /** What a guest whose register fails the check notices: nothing, or a general-protection fault. */
      onViolation: z.enum(['fallback', 'fault']).default('fallback'),
      /** Machine frames that one VM may be granted; 0 for no limit. */
      quota: amount.default(0)
    })
    .prefault({}),
  time: timeSchema.prefault({}),
  costs: costsSchema.prefault({}),
  /** How the lab itself runs. Nothing here changes a result. */
  engine: z
    .strictObject({
      /** Memory is loaded a few accesses ahead: `auto` where the TLB misses often. */
      loadPass: z.enum(['auto', 'on', 'off']).default('auto'),
      /** Accesses between two checks of all laws of the emulated machine, with `verify`. */
      checkEvery: z.int().min(1).max(1e9).default(250_000)
    })
    .prefault({}),
  ...workloadKnobs.shape,
  ...hardwareSchema.shape
})

export type GteaParameters = LabSpec['gtea']
export type LabSpec = z.infer<typeof labSpecSchema>
export type TraceSpec = z.infer<typeof traceSchema>
export type ScenarioSpec = z.infer<typeof scenarioSchema>
export type CostParameters = z.infer<typeof costsSchema>

/** What a person or a file gives: any part of a spec; the rest comes from the profile and the defaults. */
export type SpecInput = { [key: string]: unknown }
