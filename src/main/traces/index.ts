import { champsim } from './champsim'
import { dinero } from './dinero'
import { drmemtraceView } from './drmemtrace-view'
import { labRecords } from './lab-records'
import { lackey } from './lackey'
import { perfScript } from './perf-script'
import type { TraceFormat } from './trace-format'

/** Every trace format of the lab, as pickers show them. Adding one is a file and a line here. */
export const TRACE_FORMATS: readonly TraceFormat[] = [
  lackey,
  champsim,
  dinero,
  drmemtraceView,
  perfScript,
  labRecords
]

/** The format that the beginning of a file has the shape of. */
export const formatOf = (firstBytes: Uint8Array): TraceFormat | undefined =>
  TRACE_FORMATS.find((format) => format.sniff(firstBytes))
