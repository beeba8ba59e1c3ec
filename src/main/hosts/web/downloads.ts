/** Reports on their way to the browser: one zip each, handed out once. */
import { randomBytes } from 'node:crypto'
import { strToU8, zipSync } from 'fflate'
import type { ExportOutcome } from '@shared/contract/lab-contract'
import type { RunResult } from '@shared/model/result'
import { buildReport } from '@main/report/build-report'
import { reportName } from '../report-name'

export const DOWNLOAD_PATH = '/reports/'

/** A page that asks for reports and never fetches them must not fill the memory. */
const MOST_KEPT = 4

export interface Download {
  readonly name: string
  readonly bytes: Uint8Array
}

function zipOf(run: RunResult): Uint8Array {
  return zipSync(Object.fromEntries(buildReport(run).map(({ name, text }) => [name, strToU8(text)])))
}

export class Downloads {
  private readonly kept = new Map<string, Download>()

  offer(run: RunResult): ExportOutcome {
    const [oldest] = this.kept.keys()
    if (this.kept.size >= MOST_KEPT) this.kept.delete(oldest)
    const path = DOWNLOAD_PATH + randomBytes(16).toString('hex')
    const name = `${reportName(run)}.zip`
    this.kept.set(path, { name, bytes: zipOf(run) })
    return { kind: 'download', path, name }
  }

  /** Undefined for a path that was never offered, or has been taken. */
  take(path: string): Download | undefined {
    const download = this.kept.get(path)
    this.kept.delete(path)
    return download
  }
}
