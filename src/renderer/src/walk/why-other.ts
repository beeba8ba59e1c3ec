/** What the other lane did about the reads that made a walk slow. */
import { counted } from '@shared/format/counted'
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { isReference, isWalkCacheHit } from './hit-levels'
import { layersPassed } from './layers'
import {
  inMemory,
  inWords,
  linked,
  listSteps,
  strong,
  text,
  type Phrase,
  type Sentence,
  type Teller
} from './phrases'
import { sameEntries } from './same-entry'

/** A walk without a reference: what stood in for them. */
export function sparedSentence({ name, record, design }: Teller): Sentence {
  if (design === 'rmm' && !record.steps.some(isWalkCacheHit)) {
    return [text(`A range that lane ${name} knows holds the page, so it reads no entry.`)]
  }
  if (!record.steps.some(isWalkCacheHit)) {
    return [text(`Translation costs lane ${name} nothing: it reads no entry.`)]
  }
  return [
    text(`Walk caches answer all of lane ${name}’s steps, so it reads no entry. It takes `),
    strong(counted(record.cycles, 'cycle')),
    text('.')
  ]
}

const those = (total: number): string => (total === 1 ? 'that one' : `those ${inWords(total)}`)

function needs(name: string, needed: number, total: number): string {
  if (needed === 0) return `Lane ${name} ${total === 1 ? 'does without' : 'needs none of'} ${those(total)}`
  if (needed < total) return `Lane ${name} still needs ${inWords(needed)} of ${those(total)}`
  return `Lane ${name} needs the same ${inWords(total)}`
}

function fromCaches(near: number, needed: number): string {
  if (near === 0) return ''
  if (near === needed) return near === 1 ? ', but finds it in a cache' : ', but finds them in caches'
  return `, ${inWords(near)} of them from ${near === 1 ? 'a cache' : 'caches'}`
}

/** Of designs whose records alone do not say it. */
const REASONS: Readonly<Record<string, string>> = {
  shadow: 'its one shadow table leads straight to the machine',
  agile: 'it begins in a shadow table that leads straight to the machine',
  hugegpt: 'its guest tables lie in 2 MiB pages of the host'
}

/** Why the other lane does without these reads. */
function because(
  skipped: readonly WalkStep[],
  subject: WalkRecord,
  other: WalkRecord,
  innermost: LayerName,
  design: string
): string {
  const known = REASONS[design]
  if (known !== undefined) return known
  if (other.steps.some((step) => step.by === 'hash')) return 'it finds entries by a hash of the address'
  if (other.steps.some((step) => step.by === 'node')) return 'its nodes hold two levels each'
  if (!other.steps.some((step) => step.by === 'register')) {
    const isSameStack = layersPassed(other).join() === layersPassed(subject).join()
    return isSameStack
      ? `its walk caches know the way past ${skipped.length === 1 ? 'it' : 'them'}`
      : 'its walk passes other tables'
  }
  const isForLeafTable = skipped.every(
    (step) => step.layer !== innermost && step.for === `${innermost} level 1`
  )
  return isForLeafTable
    ? 'its register says where the leaf table is'
    : 'its registers say where the leaf entries are'
}

const skipSentence = (skipped: readonly WalkStep[], subject: Teller, reason: string): Phrase[] => [
  text('. It skips '),
  ...listSteps(skipped, subject.lane),
  text(`, because ${reason}.`)
]

export function otherSentence(subject: Teller, other: Teller, innermost: LayerName): Sentence {
  const { name, record } = other
  if (record.outcome === 'fault') return [text(`Lane ${name}’s walk ends in a fault.`)]
  if (!record.steps.some(isReference)) return sparedSentence(other)
  const memory = inMemory(subject.record)
  if (memory.length === 0 || subject.record.outcome === 'fault') {
    return [
      text(`Lane ${name} makes `),
      linked(counted(record.references, 'reference'), other, record.steps.filter(isReference)),
      text(' in '),
      strong(counted(record.cycles, 'cycle')),
      text('.')
    ]
  }
  const same = sameEntries(subject.record, record, innermost)
  const needed = memory.filter((step) => same.has(step.n))
  const near = needed.filter((step) => same.get(step.n)?.hit !== 'MEMORY')
  const skipped = memory.filter((step) => !same.has(step.n))
  const opening = needs(name, needed.length, memory.length) + fromCaches(near.length, needed.length)
  if (skipped.length === 0) return [text(opening + '.')]
  return [
    text(opening),
    ...skipSentence(skipped, subject, because(skipped, subject.record, record, innermost, other.design))
  ]
}
