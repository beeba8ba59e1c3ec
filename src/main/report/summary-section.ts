/** The first look: each lane's four numbers, the speedups, and where all cycles went. */
import { baselineText } from '@shared/formulas/formula-rows'
import type { LaneResult, RunResult } from '@shared/model/result'
import { isSampled, SAMPLED_NOTE } from '@shared/model/sampled'
import {
  formatCount,
  formatFixed,
  formatPoints,
  formatRatio,
  formatRelative,
  formatShare,
  NONE
} from '@shared/format/number'
import { html, type Markup } from './html'
import { checkMark, warningMark } from './icons'
import { laneBadge, laneClass } from './lane-mark'
import { cyclesBars } from './cycles-bars'

const tile = (title: string, value: string, foot: string): Markup =>
  html`<div>
    <dt>${title}</dt>
    <dd><span class="value">${value}</span><br /><span class="micro">${foot}</span></dd>
  </div>`

const baselineOf = ({ lanes, comparison }: RunResult): LaneResult | undefined =>
  lanes.find((lane) => lane.id === comparison.baseline)

function tiles({ counters, derived }: LaneResult, base: LaneResult | undefined): Markup[] {
  const against = (text: (of: LaneResult) => string): string => (base ? text(base) : '')
  return [
    tile(
      'Walks',
      formatCount(counters.walks),
      `${formatFixed(derived.walksPerKiloReference, 1)} per 1k refs`
    ),
    tile(
      'References per walk',
      formatFixed(derived.referencesPerWalk, 2),
      against((of) => formatRelative(derived.referencesPerWalk, of.derived.referencesPerWalk))
    ),
    tile(
      'Cycles per walk',
      formatFixed(derived.cyclesPerWalk, 1),
      against((of) => formatRelative(derived.cyclesPerWalk, of.derived.cyclesPerWalk))
    ),
    tile(
      'Walk overhead',
      formatShare(derived.walkOverhead),
      against((of) => formatPoints(derived.walkOverhead, of.derived.walkOverhead))
    )
  ]
}

function laneTag(lane: LaneResult, isBaseline: boolean): string {
  if (isBaseline) return 'baseline'
  return lane.counters.dmtWalks > 0 ? `${formatShare(lane.derived.dmtCoverage)} of walks by registers` : ''
}

function laneCard(lane: LaneResult, index: number, run: RunResult): Markup {
  const base = baselineOf(run)
  const tag = laneTag(lane, lane === base && run.lanes.length > 1)
  return html`<section class="lane ${laneClass(index)}">
    <div class="lane-head">
      ${laneBadge(index)}
      <h3>${lane.id}</h3>
      ${tag ? html`<span class="tag">${tag}</span>` : null}
    </div>
    <dl class="tiles">${tiles(lane, lane === base ? undefined : base)}</dl>
  </section>`
}

function hero(lane: LaneResult, index: number, { comparison, lanes }: RunResult): Markup {
  return html`<div>
    ${
      lanes.length > 2
        ? html`<div class="lane-head against">
            ${laneBadge(index)}
            <h3>${lane.id}</h3>
          </div>`
        : null
    }
    <div class="hero-row">
      <div>
        <div class="micro">Page-walk speedup</div>
        <div class="hero">${formatRatio(comparison.pageWalkSpeedup[lane.id] ?? NaN)}</div>
      </div>
      <div>
        <div class="micro">Application</div>
        <div class="value">${formatRatio(comparison.applicationSpeedup[lane.id] ?? NaN)}</div>
      </div>
    </div>
  </div>`
}

/** Lanes are checked against each other; the least checked lane bounds what was compared. */
function translationsLine({ lanes, comparison }: RunResult): Markup | null {
  if (!comparison.sameTranslations) return null
  const checked = Math.min(...lanes.map((lane) => lane.counters.translationsChecked))
  return html`<div class="same">
    ${checkMark}<span>Same translations, ${formatCount(checked)} checked</span>
  </div>`
}

const at = (reference: number | undefined): string =>
  reference === undefined ? '' : ` The first difference is at reference ${formatCount(reference)}.`

/** What a reader must not overlook, above all numbers. */
export function warnings({ partial, partialReason, lanes, comparison, source }: RunResult): Markup[] {
  const loud = (title: string, text: string): Markup =>
    html`<div class="loud" role="note">
      ${warningMark}<b>${title}</b>
      <p>${text}</p>
    </div>`
  const done = formatCount(lanes[0].counters.references)
  return [
    ...(isSampled(source)
      ? [loud('Sampled', `${SAMPLED_NOTE} What was touched, and what was set up for it, holds.`)]
      : []),
    ...(partial
      ? [
          loud(
            'Partial result',
            `The run ended early: ${partialReason ?? 'no reason was recorded'}. All numbers cover the first ${done} references only.`
          )
        ]
      : []),
    ...(comparison.sameTranslations
      ? []
      : [
          loud(
            'Translations differ',
            `The lanes did not reach the same pages, so their costs cannot be compared.${at(comparison.firstDifference)}`
          )
        ])
  ]
}

function comparisonPanel(run: RunResult): Markup {
  const candidates = run.lanes
    .map((lane, i) => ({ lane, i }))
    .filter(({ lane }) => lane.id !== run.comparison.baseline)
  const base = baselineOf(run)
  const heading = candidates.length > 0 ? `Against ${run.comparison.baseline}` : 'Cycles'
  return html`<section class="panel comparison">
    <div class="heroes">
      <h3>${heading}</h3>
      ${candidates.length > 0 && base ? html`<p class="small">${baselineText(base.derived)}</p>` : null}
      ${candidates.map(({ lane, i }) => hero(lane, i, run))}
      ${candidates.length === 0 ? html`<p class="small">${NONE} One lane has nothing to be compared with.</p>` : null}
    </div>
    ${cyclesBars(run)} ${translationsLine(run)}
  </section>`
}

export const summarySection = (run: RunResult): Markup =>
  html`<div class="lanes">${run.lanes.map((lane, i) => laneCard(lane, i, run))}</div>
    ${comparisonPanel(run)}`
