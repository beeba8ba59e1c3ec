/** Files between the browser and the web host. */
import type { ExportOutcome } from '@shared/contract/lab-contract'
import { handOver } from './hand-over'
import { LabError } from './lab-error'
import { failureToError } from './lab-link'

const UPLOAD_PATH = '/imports'

async function reach(path: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init)
  } catch {
    throw new LabError('connection', 'the lab could not be reached, try again shortly')
  }
}

/** Streams the file to the lab. Answers with its token. */
export async function upload(file: File): Promise<string> {
  const path = `${UPLOAD_PATH}?name=${encodeURIComponent(file.name)}`
  const response = await reach(path, { method: 'POST', body: file })
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw failureToError(answer)
  return (answer as { token: string }).token
}

/** Fetches the report first, so that a failure is told here and not by the browser's list of downloads. */
export async function download({
  path,
  name
}: Extract<ExportOutcome, { kind: 'download' }>): Promise<string> {
  const response = await reach(path)
  if (!response.ok) throw new LabError('user', 'the report is gone, export it again')
  handOver(await response.blob(), name)
  return name
}
