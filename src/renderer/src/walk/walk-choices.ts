/** Which walk is to be shown, as the picker offers it and as the lab is asked for it. */
import type { WalkChoice } from '@shared/contract/lab-contract'
import { formatCount, formatShare } from '@shared/format/number'
import type { CycleBucket, WalkBucket, WalkHistogram } from '@shared/model/walk-histogram'
import type { WalkSummary } from '@shared/model/walk-record'
import type { SelectOption } from '@renderer/components/select-option'
import { cyclesOf } from './cycle-words'
import { HIT_LOOKS } from './hit-levels'

export type WalkWanted =
  | { readonly which: 'latest' | 'slowest' | 'fault' }
  | { readonly which: 'reference'; readonly reference: number }
  | { readonly which: 'address'; readonly address: string }
  | { readonly which: 'bucket'; readonly lane: number; readonly bucket: WalkBucket }

/** The question to the lab. A fault is shown from its first attempt on, any other walk by its last. */
export function choiceOf(wanted: WalkWanted, attempt: number | null): WalkChoice {
  const shown = attempt ?? (wanted.which === 'fault' ? 1 : 0)
  const at = shown > 0 ? { attempt: shown } : {}
  if (wanted.which !== 'bucket') return { ...wanted, ...at }
  return { which: 'bucket', lane: wanted.lane, bucket: plainBucket(wanted.bucket), ...at }
}

const plainBucket = (bucket: WalkBucket): { from: number; to: number } | { steps: Steps } =>
  'steps' in bucket ? { steps: [...bucket.steps] } : { from: bucket.from, to: bucket.to }

type Steps = Extract<WalkBucket, { steps: unknown }>['steps'][number][]

/** Names a choice in the picker. */
export function keyOf(wanted: WalkWanted): string {
  if (wanted.which === 'reference') return `reference ${wanted.reference}`
  if (wanted.which !== 'bucket') return wanted.which
  const { bucket, lane } = wanted
  return `lane ${lane} ` + ('steps' in bucket ? bucket.steps.join(' ') : `${bucket.from} ${bucket.to}`)
}

/** Half a doubling: coarse enough for a list, and every edge is one of the histogram's. */
const PARTS_OF_DOUBLING = 2
/** Patterns that the picker lists. */
const PATTERNS_LISTED = 6

const upperEdge = (from: number): number => {
  const low = 2 ** Math.floor(Math.log2(Math.max(1, from)))
  const width = low / PARTS_OF_DOUBLING
  return low + width * (Math.floor((from - low) / width) + 1)
}

/** Bins put together to halves of doublings, none empty. */
export function coarse(bins: readonly CycleBucket[]): CycleBucket[] {
  const joined: CycleBucket[] = []
  for (const bin of bins) {
    const last = joined.at(-1)
    const edge = last ? upperEdge(last.from) : -1
    if (last && bin.from < edge) {
      joined[joined.length - 1] = {
        from: last.from,
        to: bin.to,
        walks: last.walks + bin.walks,
        share: last.share + bin.share,
        hasSample: last.hasSample || bin.hasSample
      }
    } else joined.push(bin)
  }
  return joined
}

/** `Walk cache, 3 × L2 cache, Memory` */
export function patternWords(steps: readonly string[]): string {
  const words = steps.map((step) =>
    step in HIT_LOOKS ? HIT_LOOKS[step as keyof typeof HIT_LOOKS].word : step
  )
  const runs: { word: string; count: number }[] = []
  for (const word of words) {
    const last = runs.at(-1)
    if (last?.word === word) last.count++
    else runs.push({ word, count: 1 })
  }
  return runs.map(({ word, count }) => (count > 1 ? `${count} × ${word}` : word)).join(', ') || 'No step'
}

export interface Offer {
  readonly wanted: WalkWanted
  readonly option: SelectOption<string>
}

const offered = (wanted: WalkWanted, title: string, group?: string): Offer => ({
  wanted,
  option: { value: keyOf(wanted), title, ...(group ? { group } : {}) }
})

/** Bars of a lane's histogram that a walk can be shown of. */
export function bucketOffers({ cycles, patterns }: WalkHistogram, lane: number, letter: string): Offer[] {
  const byCycles = coarse(cycles).filter(({ hasSample }) => hasSample)
  const byPattern = patterns.filter(({ hasSample }) => hasSample).slice(0, PATTERNS_LISTED)
  return [
    ...byCycles.map(({ from, to, share }) =>
      offered(
        { which: 'bucket', lane, bucket: { from, to } },
        `${cyclesOf({ from, to })} cycles, ${formatShare(share)}`,
        `Lane ${letter}, by cycles`
      )
    ),
    ...byPattern.map(({ steps, share }) =>
      offered(
        { which: 'bucket', lane, bucket: { steps } },
        `${patternWords(steps)}, ${formatShare(share)}`,
        `Lane ${letter}, by where steps hit`
      )
    )
  ]
}

export const walkOffers = (kept: readonly WalkSummary[]): Offer[] =>
  kept.map(({ walk, reference }) =>
    offered({ which: 'reference', reference }, `Walk ${formatCount(walk)}`, 'Walks still kept')
  )
