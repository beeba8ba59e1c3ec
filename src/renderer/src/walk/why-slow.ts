/** "Why was this walk slow?": one or two sentences made from the steps, with the steps they name as links. */
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { formatCount } from '@renderer/format/number'
import { isReference, isWalkCacheHit } from './hit-levels'
import { innermostOf } from './layers'
import { sameEntries } from './same-entry'

export type Phrase =
  | { readonly kind: 'text' | 'strong'; readonly text: string }
  | { readonly kind: 'step'; readonly lane: number; readonly step: WalkStep }

export type Sentence = readonly Phrase[]

export interface Lane {
  readonly name: string
  readonly record: WalkRecord | null
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/** More steps than this are counted instead of listed. */
const LISTED = 5

const inWords = (count: number): string => NUMBERS[count] ?? formatCount(count)
const capital = (text: string): string => text[0].toUpperCase() + text.slice(1)
const text = (words: string): Phrase => ({ kind: 'text', text: words })
const strong = (words: string): Phrase => ({ kind: 'strong', text: words })
const count = (n: number, one: string): string => `${formatCount(n)} ${one}${n === 1 ? '' : 's'}`
const cycles = (steps: readonly WalkStep[]): number => steps.reduce((total, step) => total + step.cycles, 0)

/** `19, 20 and 24`, each a link; a long list ends in a count. */
function list(steps: readonly WalkStep[], lane: number): Phrase[] {
  const shown = steps.length > LISTED ? steps.slice(0, LISTED - 1) : steps
  const rest = steps.length - shown.length
  const names: Phrase[] = shown.map((step) => ({ kind: 'step', lane, step }))
  const items = rest > 0 ? [...names, text(`${formatCount(rest)} more`)] : names
  return items.flatMap((item, i) => {
    if (i === 0) return [item]
    return [text(i === items.length - 1 ? ' and ' : ', '), item]
  })
}

const inMemory = (record: WalkRecord): WalkStep[] =>
  record.steps.filter((s) => s.hit === 'MEMORY' && isReference(s))
const share = (part: number, record: WalkRecord): Phrase =>
  strong(`${formatCount(part)} of ${count(record.cycles, 'cycle')}`)

function memorySentence(
  lane: Lane,
  index: number,
  record: WalkRecord,
  memory: readonly WalkStep[]
): Sentence {
  const isAll = memory.length === record.references
  const who = `${capital(inWords(memory.length))} of lane ${lane.name}’s ${count(record.references, 'reference')} `
  const all =
    memory.length === 1
      ? `Lane ${lane.name}’s only reference `
      : `All ${inWords(memory.length)} references of lane ${lane.name} `
  const together = memory.length === 1 ? '. It takes ' : '. Together they take '
  return [
    text(isAll ? all : who),
    text(memory.length === 1 ? 'goes to memory: ' : 'go to memory: '),
    ...list(memory, index),
    text(together),
    share(cycles(memory), record),
    text('.')
  ]
}

function cachedSentence(lane: Lane, index: number, record: WalkRecord): Sentence {
  const reads = record.steps.filter(isReference)
  const slowest = reads.reduce((a, b) => (b.cycles > a.cycles ? b : a))
  const opening =
    reads.length === 1
      ? `Lane ${lane.name}’s only reference stays in the caches. `
      : `None of lane ${lane.name}’s ${count(reads.length, 'reference')} goes to memory. `
  return [
    text(opening + 'The slowest is '),
    ...list([slowest], index),
    text(': '),
    share(slowest.cycles, record),
    text('.')
  ]
}

function sparedSentence(lane: Lane, record: WalkRecord): Sentence {
  const spared = record.steps.filter(isWalkCacheHit).length
  if (spared === 0) return [text(`Translation costs lane ${lane.name} nothing: it reads no entry.`)]
  return [
    text(`Walk caches answer all of lane ${lane.name}’s steps, so it reads no entry. It takes `),
    strong(count(record.cycles, 'cycle')),
    text('.')
  ]
}

const ACTION: Record<string, string> = {
  first: 'page fault',
  lowest: 'EPT violation',
  between: 'nested EPT violation'
}

function faultSentence(lane: Lane, index: number, record: WalkRecord, innermost: LayerName): Sentence {
  const stop = record.steps.findLast((step) => step.notPresent)
  const layer = record.faultLayer ?? stop?.layer ?? innermost
  const kind = layer === innermost ? ACTION.first : layer === 'L0' ? ACTION.lowest : ACTION.between
  if (!stop)
    return [
      text(
        `Lane ${lane.name}’s walk ends in a fault: ${layer} has to act on ${kind === ACTION.lowest ? 'an' : 'a'} ${kind}.`
      )
    ]
  return [
    text(`Lane ${lane.name}’s walk stops at step `),
    ...list([stop], index),
    text(`, because that entry is not present. ${layer} has to act: ${kind}.`)
  ]
}

function wastedSentence(lane: Lane, record: WalkRecord): Sentence[] {
  const wasted = record.steps.filter((step) => step.wasted && !isWalkCacheHit(step))
  if (wasted.length === 0) return []
  const reads = wasted.length === 1 ? 'read' : 'reads'
  return [
    [
      text(
        `${capital(inWords(wasted.length))} ${reads} of a register attempt that fell back ${wasted.length === 1 ? 'is' : 'are'} wasted: ${count(cycles(wasted), 'cycle')} of lane ${lane.name}’s walk.`
      )
    ]
  ]
}

function subjectSentence(lane: Lane, index: number, record: WalkRecord, innermost: LayerName): Sentence {
  if (record.outcome === 'fault') return faultSentence(lane, index, record, innermost)
  if (!record.steps.some(isReference)) return sparedSentence(lane, record)
  const memory = inMemory(record)
  return memory.length > 0 ? memorySentence(lane, index, record, memory) : cachedSentence(lane, index, record)
}

/** Why the other lane does without these reads. */
function because(skipped: readonly WalkStep[], innermost: LayerName, other: WalkRecord): string {
  if (!other.steps.some((step) => step.by === 'register')) return 'its walk passes other tables'
  const isForLeafTable = skipped.every(
    (step) => step.layer !== innermost && step.for === `${innermost} level 1`
  )
  return isForLeafTable
    ? 'its register says where the leaf table is'
    : 'its registers say where the leaf entries are'
}

const those = (total: number): string => (total === 1 ? 'that one' : `those ${inWords(total)}`)

function needs(name: string, needed: number, total: number): string {
  if (needed === 0) return `Lane ${name} needs ${total === 1 ? 'not even' : 'none of'} ${those(total)}`
  if (needed === total)
    return `Lane ${name} needs ${total === 1 ? 'the same one' : `the same ${inWords(total)}`}`
  return `Lane ${name} still needs ${inWords(needed)} of ${those(total)}`
}

/** What the other lane did about the reads that went to memory. */
function otherSentence(
  subject: WalkRecord,
  subjectIndex: number,
  other: Lane,
  innermost: LayerName
): Sentence {
  if (!other.record)
    return [
      text(
        `Lane ${other.name} shows no walk here: its TLB had the translation, or the walk is no longer kept.`
      )
    ]
  if (other.record.outcome === 'fault') return [text(`Lane ${other.name}’s walk ends in a fault.`)]
  if (!other.record.steps.some(isReference)) return sparedSentence(other, other.record)
  const memory = inMemory(subject)
  const same = sameEntries(subject, other.record, innermost)
  const skipped = memory.filter((step) => !same.has(step.n))
  const near = memory.filter((step) => same.has(step.n) && same.get(step.n)?.hit !== 'MEMORY')
  if (memory.length === 0)
    return [
      text(`Lane ${other.name} makes ${count(other.record.references, 'reference')} in `),
      strong(count(other.record.cycles, 'cycle')),
      text('.')
    ]
  const opening = text(needs(other.name, memory.length - skipped.length, memory.length))
  const found: Sentence =
    near.length === 0
      ? []
      : [
          text(
            near.length === 1 ? ', one of them from a cache' : `, ${inWords(near.length)} of them from caches`
          )
        ]
  if (skipped.length === 0) return [opening, ...found, text('.')]
  const steps = skipped.length === 1 ? 'step' : 'steps'
  return [
    opening,
    ...found,
    text(`. It skips ${steps} `),
    ...list(skipped, subjectIndex),
    text(`, because ${because(skipped, innermost, other.record)}.`)
  ]
}

/** Sentences about the slower lane, then about the other. Empty when no lane walked. */
export function whySlow(lanes: readonly Lane[]): Sentence[] {
  const index = slowerLane(lanes.map((lane) => lane.record))
  const record = lanes[index]?.record
  if (!record) return []
  const innermost = innermostOf(lanes.map((lane) => lane.record))
  const other = lanes.find((_, i) => i !== index)
  const first = subjectSentence(lanes[index], index, record, innermost)
  const tail =
    other && record.outcome === 'translated' ? [otherSentence(record, index, other, innermost)] : []
  return [first, ...wastedSentence(lanes[index], record), ...tail]
}

/** The lane whose walk takes longer, the first of equals. */
export function slowerLane(records: readonly (WalkRecord | null)[]): number {
  const costs = records.map((record) => record?.cycles ?? -1)
  return costs.indexOf(Math.max(...costs))
}
