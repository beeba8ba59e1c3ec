/** Where walk steps hit, and which walks there were. */
import { answered } from '@shared/model/walk-record'
import type { LaneResult, RunResult } from '@shared/model/result'
import { formatCount, formatFixed, formatShare, NONE } from '@shared/format/number'
import { hitBox, hitKey, stepCells } from './hit-cells'
import { HIT_GROUPS, isReference, stepsByGroup } from './hit-groups'
import { html, type Markup } from './html'
import { badgeAt, laneBadge, laneLetter } from './lane-mark'

const BAR = { width: 1120, left: 30, height: 22, row: 28 }
const PATTERN_ROWS = 8

interface Shares {
  readonly steps: readonly number[]
  readonly total: number
}

const sharesOf = ({ walkHistogram }: LaneResult): Shares => {
  const steps = stepsByGroup(walkHistogram)
  return { steps, total: steps.reduce((a, b) => a + b, 0) }
}

function shareBar({ steps, total }: Shares, index: number): Markup {
  const scale = total > 0 ? (BAR.width - BAR.left) / total : 0
  const y = index * BAR.row
  let x = BAR.left
  const boxes = steps.map((count, i) => {
    const from = x
    x += count * scale
    return count > 0 ? hitBox(HIT_GROUPS[i].rank, from, y, count * scale, BAR.height) : null
  })
  return html`${badgeAt(index, 2, y + 2)}${boxes}`
}

const shareText = (count: number, total: number): string => (total > 0 ? formatShare(count / total) : NONE)

function sharesTable(lanes: readonly LaneResult[], shares: readonly Shares[]): Markup {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Step answered by</th>
        ${lanes.map((lane, i) => html`<th scope="col" class="number">${laneLetter(i)} ${lane.id}</th>`)}
        ${lanes.map((_, i) => html`<th scope="col" class="number">Steps ${laneLetter(i)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${HIT_GROUPS.map(
        ({ rank, title }) =>
          html`<tr>
            <th scope="row"><span class="key">${hitKey(rank)} ${title}</span></th>
            ${shares.map(({ steps, total }) => html`<td class="number">${shareText(steps[rank - 1], total)}</td>`)}
            ${shares.map(({ steps }) => html`<td class="number">${formatCount(steps[rank - 1])}</td>`)}
          </tr>`
      )}
    </tbody>
  </table>`
}

export function hitSection({ lanes }: RunResult): Markup {
  const shares = lanes.map(sharesOf)
  const height = lanes.length * BAR.row
  return html`<section>
    <h2>Where walk steps hit</h2>
    <p>Share of each lane’s steps, cheapest first. A step answered by a walk cache makes no reference.</p>
    <div class="scroll">
      <svg width="${BAR.width}" height="${height}" viewBox="0 0 ${BAR.width} ${height}" aria-hidden="true">
        ${shares.map(shareBar)}
      </svg>
    </div>
    <div class="scroll">${sharesTable(lanes, shares)}</div>
  </section>`
}

function patternRows({ walkHistogram, counters }: LaneResult, hasCycles: boolean): Markup[] {
  const rows = [...walkHistogram].sort((a, b) => b.count - a.count)
  const rest = rows.slice(PATTERN_ROWS)
  const restCount = rest.reduce((sum, row) => sum + row.count, 0)
  const shown = rows.slice(0, PATTERN_ROWS).map(
    ({ steps, count, cycles }) =>
      html`<tr>
        <td class="number">${shareText(count, counters.walks)}</td>
        <td class="number">${formatCount(count)}</td>
        <td class="number">${answered(steps).filter(isReference).length}</td>
        ${hasCycles ? html`<td class="number">${cycles === undefined ? NONE : formatFixed(cycles / count, 1)}</td>` : null}
        <td>${stepCells(answered(steps))}</td>
      </tr>`
  )
  if (rest.length === 0) return shown
  return [
    ...shown,
    html`<tr>
      <td class="number">${shareText(restCount, counters.walks)}</td>
      <td class="number">${formatCount(restCount)}</td>
      <td colspan="${hasCycles ? 3 : 2}">
        ${formatCount(rest.length)} more patterns, all of them in run.json
      </td>
    </tr>`
  ]
}

function patternTable(lane: LaneResult, index: number): Markup {
  const hasCycles = lane.walkHistogram.some((row) => row.cycles !== undefined)
  return html`<div>
    <div class="lane-title">
      ${laneBadge(index)}
      <h3>${lane.id}</h3>
    </div>
    <div class="scroll">
      <table class="patterns">
        <thead>
          <tr>
            <th scope="col" class="number">Walks</th>
            <th scope="col" class="number">Count</th>
            <th scope="col" class="number">References</th>
            ${hasCycles ? html`<th scope="col" class="number">Mean cycles</th>` : null}
            <th scope="col" class="rest">Steps in order</th>
          </tr>
        </thead>
        <tbody>
          ${patternRows(lane, hasCycles)}
        </tbody>
      </table>
    </div>
  </div>`
}

export const patternSection = ({ lanes }: RunResult): Markup =>
  html`<section>
    <h2>The most frequent walks</h2>
    <p>
      Each row is a pattern of steps and where each was answered, with its mean latency before any overlap.
    </p>
    ${lanes.map(patternTable)}
  </section>`
