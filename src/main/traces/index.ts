import { lackey } from './lackey'
import type { TraceFormat } from './trace-format'

/** Every trace format of the lab. Adding one is a file and a line here. */
export const TRACE_FORMATS: readonly TraceFormat[] = [lackey]
