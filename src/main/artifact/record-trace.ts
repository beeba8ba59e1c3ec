/** The records of a trace as the artifact writes it, or as the lab does: the same after a header. */
import type { FileStream } from '../lab/ports'
import { checkRecordEnd, HEADER_BYTES, promisedRecords, RECORD_BYTES } from '../traces/access-records'
import { WholeRecords } from '../traces/whole-records'
import { firstBytes } from './first-bytes'

/** The records in views that hold whole ones. @throws UserError for a trace that is cut off */
export async function* wholeRecords(trace: FileStream): AsyncGenerator<DataView> {
  const promised = promisedRecords(await firstBytes(trace, HEADER_BYTES), trace.name)
  const records = new WholeRecords(RECORD_BYTES, promised === null ? 0 : HEADER_BYTES)
  let count = 0
  for await (const chunk of trace.chunks()) {
    records.push(chunk)
    if (records.end > 0) yield records.view
    count += records.end / RECORD_BYTES
  }
  checkRecordEnd(trace.name, records.leftBytes, count, promised)
}
