/** The report as one page that needs nothing else: no script, no file beside it, nothing from a network. */
import type { RunResult } from '@shared/model/result'
import { eventsSection, parametersSection, provenanceSection } from './closing-sections'
import { formulaSection } from './formula-section'
import { html, trusted, type Markup } from './html'
import { brandMark } from './icons'
import styles from './report.css?raw'
import { seriesSection } from './series-section'
import { runTitle, setUpFacts } from './set-up-facts'
import { summarySection, warnings } from './summary-section'
import { tablesSections } from './tables-section'
import { WALKS_NOTE } from './walks-csv'
import { hitSection, patternSection } from './walks-section'

/** Even markup that slipped through would find nothing it may load or run. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

const headMarkup = (run: RunResult): Markup =>
  html`<header>
    <div class="brand">
      ${brandMark} DMT Lab<span class="micro">Run report · version ${run.app.version}</span>
    </div>
    <h1>${runTitle(run)}</h1>
    <ul class="set-up">
      ${setUpFacts(run).map(([name, value]) => html`<li><span>${name}</span><b>${value}</b></li>`)}
    </ul>
    ${warnings(run)}
  </header>`

const bodyMarkup = (run: RunResult): Markup =>
  html`${headMarkup(run)}
    <main>
      ${summarySection(run)} ${seriesSection(run)} ${formulaSection(run)} ${hitSection(run)}
      ${patternSection(run)} ${tablesSections(run)} ${eventsSection(run)} ${parametersSection(run)}
      ${provenanceSection(run)}
    </main>
    <footer class="micro">
      run.json holds this result complete, series.csv the points of the charts, walks.csv ${WALKS_NOTE}.
      ${run.partial ? 'Partial result.' : ''}
    </footer>`

export function reportHtml(run: RunResult): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${run.partial ? 'Partial: ' : ''}${runTitle(run)} – DMT Lab</title>
        <style>
          ${trusted(styles)}
        </style>
      </head>
      <body>
        ${bodyMarkup(run)}
      </body>
    </html>`
  return page.text.replace(/^ +/gm, '') + '\n'
}
