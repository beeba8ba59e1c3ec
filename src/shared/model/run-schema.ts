/** What a result must hold to be reported: files of results come from anywhere. Fields beyond these pass. */
import { z } from 'zod'
import { COUNTERS, type CounterId, type Counters } from '../stats/counters'
import { derive, type Derived } from '../stats/derived'
import { PAPER_DESIGNS } from '../formulas/designs'
import { PAPER_PAGES } from '../formulas/places'
import { ENVIRONMENTS, LAYER_NAMES } from './environment'
import { EVENT_KINDS } from './lab-event'
import { MOST_RESULT_WALKS, RUN_SCHEMA, type RunResult } from './result'
import { labSpecSchema } from './spec'
import { HIT_LEVELS, PATTERN_STEPS } from './walk-record'

const MOST_LANES = 64
const LONGEST_TEXT = 2000

const amount = z.number().min(0)
const text = z.string().max(LONGEST_TEXT)
const name = z
  .string()
  .regex(/^[\w.-]{1,64}$/, { message: 'a name of letters, digits, dots and dashes is expected' })
const numbers = z.array(z.number())

/** What every result has; other counters may be younger than the file, and are then not measured. */
const REQUIRED: readonly CounterId[] = [
  'references',
  'walks',
  'walkReferences',
  'walkCycles',
  'dmtWalks',
  'translationsChecked',
  'instructionCycles',
  'dataCycles',
  'walkStallCycles',
  'softwareCycles',
  'totalCycles'
]

const countersSchema = z.looseObject(
  Object.fromEntries(COUNTERS.map(({ id }) => [id, REQUIRED.includes(id) ? amount : amount.optional()]))
)

const seriesSchema = z
  .looseObject({
    references: z.array(amount),
    cyclesPerWalk: numbers,
    walkOverhead: numbers,
    referencesPerWalk: numbers,
    walksPerKiloReference: numbers
  })
  .refine(
    (series) =>
      Object.values(series).every((one) => !Array.isArray(one) || one.length === series.references.length),
    {
      message: 'all columns of a series must have the same length'
    }
  )
  .refine(({ references }) => references.every((one, i) => i === 0 || one > references[i - 1]), {
    message: 'references must rise'
  })

const eventSchema = z.looseObject({
  n: amount,
  reference: amount,
  layer: z.enum(LAYER_NAMES),
  kind: z.enum(EVENT_KINDS),
  text,
  frames: amount,
  cycles: amount,
  times: amount
})

const address = z.string().regex(/^0x[\da-f]{1,16}$/, { message: 'an address in hex is expected' })

const walkSchema = z.looseObject({
  walk: amount,
  reference: amount,
  access: z.enum(['load', 'store', 'fetch']),
  address,
  outcome: z.enum(['translated', 'fault']),
  references: amount,
  cycles: amount,
  steps: z
    .array(
      z.looseObject({
        layer: z.enum(LAYER_NAMES),
        level: z.int().min(0).max(5),
        for: text,
        /** Empty where the table has none in its own layer. */
        tableAddress: address.or(z.literal('')),
        address,
        hit: z.enum(HIT_LEVELS),
        cycles: amount,
        wasted: z.boolean()
      })
    )
    .max(1000)
})

const laneSchema = z.looseObject({
  id: name,
  design: name,
  environment: z.enum(ENVIRONMENTS),
  counters: countersSchema,
  /** A fragmentation index is -1 where a block is free. */
  memory: z.record(name, z.number().min(-1)),
  setUp: z.looseObject({ pages: amount, softwareCycles: amount, counters: countersSchema }),
  walkHistogram: z.array(
    z.looseObject({
      steps: z.array(z.enum(PATTERN_STEPS)).max(1000),
      count: z.int().min(1),
      cycles: amount.optional()
    })
  ),
  series: seriesSchema,
  events: z.array(eventSchema),
  walks: z.array(walkSchema).max(MOST_RESULT_WALKS).optional(),
  digest: text
})

const speedups = z.record(name, amount)

const byDesign = z.partialRecord(z.enum(PAPER_DESIGNS.map(({ id }) => id)), amount)

const formulaSchema = z.looseObject({
  lane: name,
  pages: z.enum(PAPER_PAGES),
  walks: amount,
  walkOverhead: amount.max(1),
  cyclesPerWalk: byDesign,
  pageWalkSpeedup: byDesign,
  applicationSpeedup: byDesign
})

const runSchema = z.looseObject({
  schema: z.literal(RUN_SCHEMA),
  partial: z.boolean(),
  partialReason: text.optional(),
  app: z.looseObject({ version: text }),
  spec: labSpecSchema,
  source: z.looseObject({
    kind: z.enum(['workload', 'trace', 'scenario']),
    id: text,
    sha256: text.optional(),
    records: amount,
    name: text.optional(),
    areas: z.enum(['mapped', 'inferred']).optional(),
    sampled: z.literal(true).optional()
  }),
  lanes: z.array(laneSchema).min(1).max(MOST_LANES),
  comparison: z.looseObject({
    baseline: name,
    pageWalkSpeedup: speedups,
    applicationSpeedup: speedups,
    memoryOverhead: z.record(name, z.number()).optional(),
    sameTranslations: z.boolean(),
    firstDifference: amount.optional()
  }),
  formula: formulaSchema.optional(),
  provenance: z.looseObject({ emulated: z.array(text), modelled: z.array(text), imported: z.array(text) })
})

/** Ratios of counters the file has; the others are absent. */
function measured(counters: Counters): Derived {
  const ratios = Object.entries(derive(counters)).filter(([, value]) => Number.isFinite(value))
  return Object.fromEntries(ratios) as Derived
}

/** The result, or where and why the value is none. Ratios follow from the counters and are formed anew. */
export function readRunResult(value: unknown): { run: RunResult } | { where: string; why: string } {
  const parsed = runSchema.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { where: issue.path.map(String).join('.') || 'the whole file', why: issue.message }
  }
  const run = parsed.data as unknown as RunResult
  const lanes = run.lanes.map((lane) => ({ ...lane, derived: measured(lane.counters) }))
  return { run: { ...run, lanes } }
}
