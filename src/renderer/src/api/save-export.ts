import type { ExportOutcome } from '@shared/contract/lab-contract'
import { download } from './web-files'

/** Carries out what is left to do about an export. Where it is now, or null when it was cancelled. */
export async function saveExport(outcome: ExportOutcome): Promise<string | null> {
  if (outcome.kind === 'download') return download(outcome)
  return outcome.kind === 'written' ? outcome.where : null
}
