/** "Why was this walk slow?": one or two sentences made from the steps, with the steps they name as links. */
import { capital } from '@shared/format/capital'
import { counted } from '@shared/format/counted'
import type { LayerName } from '@shared/model/environment'
import type { WalkRecord, WalkStep } from '@shared/model/walk-record'
import { waited, waitedForAll } from './critical-path'
import { isReference, isWalkCacheHit } from './hit-levels'
import { innermostOf } from './layers'
import { inMemory, inWords, linked, listSteps, share, text, type Sentence, type Teller } from './phrases'
import { letterOf } from '@renderer/lanes/letters'
import { meansSentences, registerSentence } from './why-means'
import { otherSentence, sparedSentence } from './why-other'

/** `All three references of lane A ` or `Three of lane A’s 24 references ` */
function howMany(memory: readonly WalkStep[], { name, record }: Teller): string {
  if (memory.length < record.references) {
    return `${capital(inWords(memory.length))} of lane ${name}’s ${counted(record.references, 'reference')} `
  }
  if (memory.length === 1) return `Lane ${name}’s only reference `
  return `${memory.length === 2 ? 'Both' : `All ${inWords(memory.length)}`} references of lane ${name} `
}

/** Further reads from memory are made beside these, and kept nobody waiting. */
const hasMoreBeside = (memory: readonly WalkStep[], { record }: Teller): boolean =>
  record.steps.filter((step) => step.hit === 'MEMORY' && isReference(step)).length > memory.length

function memoryOpening(memory: readonly WalkStep[], subject: Teller): string {
  if (!hasMoreBeside(memory, subject))
    return howMany(memory, subject) + (memory.length === 1 ? 'goes to memory: ' : 'go to memory: ')
  const all = counted(subject.record.references, 'reference')
  return `Of its ${all} lane ${subject.name} waits for ${inWords(memory.length)} from memory: `
}

function memorySentence(subject: Teller, memory: readonly WalkStep[]): Sentence {
  const isOne = memory.length === 1
  return [
    text(memoryOpening(memory, subject)),
    ...listSteps(memory, subject.lane),
    text(isOne ? '. It takes ' : '. Together they take '),
    share(waitedForAll(subject.record, memory), subject, memory),
    text('.')
  ]
}

function cachedSentence(subject: Teller): Sentence {
  const { name, lane, record } = subject
  const reads = record.steps.filter(isReference)
  const slowest = reads.reduce((a, b) => (waited(record, b) > waited(record, a) ? b : a))
  const opening =
    reads.length === 1
      ? `Lane ${name}’s only reference stays in the caches: `
      : `None of lane ${name}’s ${counted(reads.length, 'reference')} goes to memory. The slowest is `
  return [
    text(opening),
    ...listSteps([slowest], lane),
    text(', '),
    share(waited(record, slowest), subject, [slowest]),
    text('.')
  ]
}

/** What a missing entry is called, by the layer that owns it. */
function faultName(layer: LayerName, innermost: LayerName): string {
  if (layer === innermost) return 'page fault'
  return layer === 'L0' ? 'EPT violation' : 'nested EPT violation'
}

function faultSentence({ name, lane, record }: Teller, innermost: LayerName): Sentence {
  const stop = record.steps.findLast((step) => step.notPresent && !step.wasted)
  const layer = record.faultLayer ?? stop?.layer ?? innermost
  const kind = faultName(layer, innermost)
  if (!stop) return [text(`Lane ${name}’s walk ends in a fault. ${layer} has to act: ${kind}.`)]
  return [
    text(`Lane ${name}’s walk stops at `),
    ...listSteps([stop], lane),
    text(`, because that entry is not present. ${layer} has to act: ${kind}.`)
  ]
}

/** An entry was there, but forbids what the access wants. */
function refusedSentence({ name, lane, record }: Teller): Sentence {
  const last = record.steps.findLast((step) => !step.wasted)
  const layer = record.faultLayer ?? last?.layer ?? 'L0'
  return [
    text(`Lane ${name}’s walk ends in a fault: `),
    ...(last ? [text('the entry of '), ...listSteps([last], lane)] : [text('an entry')]),
    text(` does not allow a ${record.access}. ${layer} has to act.`)
  ]
}

/** What becomes of the access after a fault, or what came before. */
function attemptSentence({ name, record }: Teller): Sentence[] {
  const { attempt } = record
  if (!attempt) return []
  const { number, of } = attempt
  if (number === of)
    return [
      [
        text(
          `Before it, ${of === 2 ? 'one attempt' : `${inWords(of - 1)} attempts`} at this access ended in a fault.`
        )
      ]
    ]
  return [[text(`This is attempt ${number} of ${of}: after the fault lane ${name} walks the address again.`)]]
}

/** Why an attempt by a register did not serve: the last entry it read says so. */
function whyFellBack(wasted: readonly WalkStep[]): string {
  const last = wasted.at(-1)
  if (!last || last.by !== 'register') return ''
  if (last.notPresent || /^0x0*$/.test(last.entry)) return ' The entry where the register points is empty.'
  return ' The entry where the register points is of another page size.'
}

function wastedSentence(subject: Teller): Sentence[] {
  const { name, record } = subject
  const wasted = record.steps.filter((step) => step.wasted && !isWalkCacheHit(step))
  if (wasted.length === 0) return []
  const [reads, are] = wasted.length === 1 ? ['read', 'is'] : ['reads', 'are']
  const cost = counted(waitedForAll(record, wasted), 'cycle')
  const attempt = wasted.some((step) => step.by === 'register') ? 'a register attempt' : 'an attempt'
  return [
    [
      linked(`${capital(inWords(wasted.length))} ${reads}`, subject, wasted),
      text(
        ` of ${attempt} that fell back ${are} wasted: ${cost} of lane ${name}’s walk.${whyFellBack(wasted)}`
      )
    ]
  ]
}

function subjectSentence(subject: Teller, innermost: LayerName): Sentence {
  if (subject.record.isProtection) return refusedSentence(subject)
  if (subject.record.outcome === 'fault') return faultSentence(subject, innermost)
  if (!subject.record.steps.some(isReference)) return sparedSentence(subject)
  const memory = inMemory(subject.record)
  return memory.length > 0 ? memorySentence(subject, memory) : cachedSentence(subject)
}

type Records = readonly (WalkRecord | null)[]

/** The lane to speak of first: one that faulted, else the one whose walk takes longer, the first of equals. */
export function subjectLane(records: Records): number {
  const faulted = records.findIndex((record) => record?.outcome === 'fault')
  if (faulted >= 0) return faulted
  const costs = records.map((record) => record?.cycles ?? -1)
  return costs.indexOf(Math.max(...costs))
}

/** What is known of the lanes on show beside their walks. */
export interface LaneNote {
  readonly letter: string
  readonly design: string
  readonly hasRegisters: boolean
}

const plainNote = (lane: number): LaneNote => ({
  letter: letterOf(lane),
  design: '',
  hasRegisters: false
})

function tellerOf(records: Records, notes: readonly LaneNote[], lane: number): Teller | null {
  const record = records[lane]
  const { letter, design, hasRegisters } = notes[lane] ?? plainNote(lane)
  return record ? { name: letter, lane, record, design, hasRegisters } : null
}

/** A walk that ended well, but in tables that registers were to spare it. */
const fallbackSentences = (other: Teller): Sentence[] =>
  other.record.outcome === 'fault' ? [] : [...wastedSentence(other), ...registerSentence(other)]

function aboutOther(
  records: Records,
  notes: readonly LaneNote[],
  subject: Teller,
  innermost: LayerName
): Sentence[] {
  const lane = records.findIndex((_, i) => i !== subject.lane)
  if (lane < 0) return []
  const other = tellerOf(records, notes, lane)
  if (other) return [otherSentence(subject, other, innermost), ...fallbackSentences(other)]
  const why = 'its TLB had the translation, or the walk is no longer kept'
  const { letter } = notes[lane] ?? plainNote(lane)
  return [[text(`Lane ${letter} shows no walk here: ${why}.`)]]
}

/** Sentences about the slower lane, then about the other. Empty when no lane walked. */
export function whySlow(records: Records, notes: readonly LaneNote[] = []): Sentence[] {
  const subject = tellerOf(records, notes, subjectLane(records))
  if (!subject) return []
  const innermost = innermostOf(records)
  return [
    subjectSentence(subject, innermost),
    ...attemptSentence(subject),
    ...wastedSentence(subject),
    ...meansSentences(subject, innermost),
    ...aboutOther(records, notes, subject, innermost)
  ]
}
