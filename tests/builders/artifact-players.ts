/** Who replays a case of the artifact profile: the naive one and the one of the lab. */
import { replay } from '@main/artifact/replay'
import { replayText } from '@main/artifact/replay-text'
import { aFile } from './a-trace'
import { dumpText } from './an-artifact-dump'
import { traceBytes } from './an-artifact-trace'
import { naiveArtifactText, type ArtifactCase } from './naive-artifact-replay'

type Player = (given: ArtifactCase, chunkBytes?: number) => Promise<string>

export const naive: Player = async (given) => naiveArtifactText(given)

/** Over files, as a user has them. */
export const lab: Player = async ({ records, guest, host, warmup, frameNumbers }, chunkBytes = 1000) => {
  const result = await replay({
    trace: aFile(traceBytes(records), chunkBytes, 'trace.bin'),
    tables: aFile(dumpText(guest), chunkBytes, 'pt_dump'),
    hostTables: host && aFile(dumpText(host), chunkBytes, 'pt_dump.host'),
    warmup,
    frameNumbers
  })
  return replayText(result)
}

export const PLAYERS = [
  ['naive', naive],
  ['the lab’s', lab]
] as const
