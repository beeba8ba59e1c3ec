/** A scenario file that the host opens. */
import { parseJson } from '@shared/model/json-text'
import type { Scenario } from '@shared/model/scenario'
import { LARGEST_SCENARIO, readScenario } from '../scenarios/read-scenario'
import { readText } from '../traces/read-text'
import type { FileStream } from './ports'

export interface ScenarioFile {
  readonly scenario: Scenario
  /** What a result says of it; its id is the name without the ending. */
  readonly info: { readonly id: string; readonly name: string; readonly sha256: string }
}

/** @throws UserError for a file that is no scenario */
export async function readScenarioFile(stream: FileStream): Promise<ScenarioFile> {
  const { name } = stream
  const text = await readText(stream, LARGEST_SCENARIO, 'give a scenario')
  const scenario = readScenario(parseJson(text, name), name)
  return { scenario, info: { id: name.replace(/\.json(\.gz)?$/i, ''), name, sha256: await stream.sha256() } }
}
