/** What a reader needs to trust a result and to repeat it: events, parameters, provenance. */
import type { RunResult } from '@shared/model/result'
import type { LabEvent } from '@shared/model/lab-event'
import { formatCount } from '@shared/format/number'
import { html, type Markup } from './html'
import { laneLetter } from './lane-mark'
import { parameterGroups } from './parameter-groups'

interface EventSum {
  readonly kind: string
  readonly times: number
  readonly cycles: number
}

export function eventSums(events: readonly LabEvent[]): EventSum[] {
  const kinds = [...new Set(events.map((event) => event.kind))]
  return kinds.map((kind) => {
    const same = events.filter((event) => event.kind === kind)
    const sum = (of: (event: LabEvent) => number): number =>
      same.reduce((total, event) => total + of(event), 0)
    return { kind, times: sum((event) => event.times), cycles: sum((event) => event.cycles) }
  })
}

export function eventsSection({ lanes }: RunResult): Markup {
  const rows = lanes.flatMap(({ id, events }, i) =>
    eventSums(events).map(
      ({ kind, times, cycles }) =>
        html`<tr>
          <td>${laneLetter(i)} ${id}</td>
          <td>${kind}</td>
          <td class="number">${formatCount(times)}</td>
          <td class="number">${formatCount(cycles)}</td>
        </tr>`
    )
  )
  if (rows.length === 0) return html``
  return html`<section>
    <h2>What the system software did</h2>
    <p>Recorded events of each lane by kind, set-up included; run.json holds each of them.</p>
    <div class="scroll">
      <table class="natural">
        <thead>
          <tr>
            <th scope="col">Lane</th>
            <th scope="col">Event</th>
            <th scope="col" class="number">Times</th>
            <th scope="col" class="number">Cycles</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`
}

export function parametersSection({ spec }: RunResult): Markup {
  const groups = parameterGroups(spec)
  return html`<section>
    <h2>Parameters</h2>
    <p>
      All of them, defaults included. The same parameters, seed and version give the same digests on every
      machine.
    </p>
    <div class="parameters">
      ${groups.map(
        ({ title, rows }) =>
          html`<table>
            <thead>
              <tr>
                <th scope="col" colspan="2">${title}</th>
              </tr>
            </thead>
            <tbody>
              ${rows.map(
                ({ path, value }) =>
                  html`<tr>
                    <th scope="row"><code>${path}</code></th>
                    <td class="number">${value}</td>
                  </tr>`
              )}
            </tbody>
          </table>`
      )}
    </div>
  </section>`
}

const PROVENANCE = [
  ['emulated', 'Emulated', 'executed step by step on emulated hardware and memory'],
  ['modelled', 'Modelled', 'numbers put in from measurements or assumptions'],
  ['imported', 'Imported', 'taken over from elsewhere']
] as const

export function provenanceSection({ provenance, source, lanes, app }: RunResult): Markup {
  return html`<section>
    <h2>Where the numbers come from</h2>
    <div class="provenance">
      ${PROVENANCE.map(
        ([id, title, meaning]) =>
          html`<div>
            <h3>${title}</h3>
            <span class="micro">${meaning}</span>
            <ul>
              ${provenance[id].length > 0 ? provenance[id].map((one) => html`<li>${one}</li>`) : html`<li>Nothing</li>`}
            </ul>
          </div>`
      )}
    </div>
    <div class="scroll origin">
      <table class="natural">
        <tbody>
          <tr>
            <th scope="row">Source</th>
            <td>${source.kind} ${source.name ?? source.id}, ${formatCount(source.records)} records</td>
          </tr>
          ${
            source.sha256
              ? html`<tr>
                  <th scope="row">SHA-256 of the trace</th>
                  <td><code>${source.sha256}</code></td>
                </tr>`
              : null
          }
          ${lanes.map(
            ({ id, digest }, i) =>
              html`<tr>
                <th scope="row">Digest of ${laneLetter(i)} ${id}</th>
                <td><code>${digest}</code></td>
              </tr>`
          )}
          <tr>
            <th scope="row">DMT Lab</th>
            <td>version ${app.version}</td>
          </tr>
        </tbody>
      </table>
    </div>
  </section>`
}
