/** Trace formats by the names that specs, flags and results give them. */
export const TRACE_FORMAT_IDS = ['lackey'] as const
export type TraceFormatId = (typeof TRACE_FORMAT_IDS)[number]
