/** Trace formats by the names that specs, flags and results give them. */
export const TRACE_FORMAT_IDS = [
  'lackey',
  'champsim',
  'dinero',
  'drmemtrace-view',
  'perf-script',
  'lab'
] as const
export type TraceFormatId = (typeof TRACE_FORMAT_IDS)[number]

/** What may be asked for: a format, or the one that the content has the shape of. */
export const TRACE_FORMAT_CHOICES = ['auto', ...TRACE_FORMAT_IDS] as const
export type TraceFormatChoice = (typeof TRACE_FORMAT_CHOICES)[number]
