/** What is peculiar to how a walk found its entries: side by side, read ahead, no register, a switch of tables. */
import { counted } from '@shared/format/counted'
import type { LayerName } from '@shared/model/environment'
import type { WalkStep } from '@shared/model/walk-record'
import { waitedForAll } from './critical-path'
import { isReference } from './hit-levels'
import { layersPassed } from './layers'
import { inWords, linked, listSteps, text, type Phrase, type Sentence, type Teller } from './phrases'

function probesSentence(subject: Teller): Sentence[] {
  const { name, record } = subject
  const probes = record.steps.filter((step) => step.by === 'hash' && !step.wasted)
  if (probes.length === 0 || record.references <= record.criticalReferences) return []
  return [
    [
      text(`Lane ${name} reads `),
      linked(counted(probes.length, 'line'), subject, probes),
      text(
        ` of its hash tables side by side, so it waits for ${inWords(record.criticalReferences)} of its ${counted(record.references, 'reference')}: the slowest of each step.`
      )
    ]
  ]
}

function prefetchSentence(subject: Teller): Sentence[] {
  const { name, record, lane } = subject
  const ahead = record.steps.filter((step) => step.by === 'prefetch' && !step.wasted)
  if (ahead.length === 0) return []
  const own = record.steps.filter((step) => step.by !== 'prefetch')
  const wait = record.cycles - waitedForAll(record, own)
  return [
    [
      text(`Lane ${name} reads ahead: `),
      ...listSteps(ahead, lane),
      text(` begin with the walk, beside it. Where it needs them it waits ${counted(wait, 'cycle')} more.`)
    ]
  ]
}

const isWalked = (step: WalkStep): boolean => step.by === 'radix' && isReference(step)

/** Layers whose tables were walked although their registers are valid and none was tried in vain. */
function unregistered({ record, hasRegisters }: Teller): LayerName[] {
  if (!hasRegisters) return []
  return layersPassed(record).filter(
    (layer) =>
      record.steps.some((step) => step.layer === layer && isWalked(step)) &&
      !record.steps.some((step) => step.layer === layer && step.by === 'register')
  )
}

/** Why a design with registers walked tables all the same. */
export function registerSentence(subject: Teller): Sentence[] {
  const layers = unregistered(subject)
  if (layers.length === 0) return []
  const walked = subject.record.steps.filter((step) => layers.includes(step.layer) && isWalked(step))
  const names: Phrase[] = layers.map((layer, i) => text((i > 0 ? ' and ' : '') + layer))
  return [
    [
      text('No register of '),
      ...names,
      text(` covers what is looked up, so lane ${subject.name} walks its tables: `),
      linked(counted(walked.length, 'read'), subject, walked),
      text('.')
    ]
  ]
}

function switchSentence(subject: Teller, innermost: LayerName): Sentence[] {
  if (subject.design !== 'agile') return []
  const nested = subject.record.steps.filter((step) => step.layer === innermost && isReference(step))
  if (nested.length === 0) return [[text(`Lane ${subject.name} stays in its shadow table to the end.`)]]
  return [
    [
      text(
        `Lane ${subject.name} leaves its shadow table at level ${nested[0].level} of the guest and reads `
      ),
      linked(
        nested.length === 1 ? 'one guest table' : `${inWords(nested.length)} guest tables`,
        subject,
        nested
      ),
      text(', each found through the host.')
    ]
  ]
}

export const meansSentences = (subject: Teller, innermost: LayerName): Sentence[] =>
  subject.record.outcome === 'fault'
    ? []
    : [
        ...probesSentence(subject),
        ...prefetchSentence(subject),
        ...registerSentence(subject),
        ...switchSentence(subject, innermost)
      ]
