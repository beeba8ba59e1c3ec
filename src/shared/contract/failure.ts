/**
 * How a failed call crosses the process boundary: as plain data, because neither structured clone nor msgpack
 * carries an Error's class.
 */
import { z } from 'zod'

/** `user`: something a person can mend; `refused`: a call outside the contract; `defect`: a fault of the lab. */
const FAILURE_KINDS = ['user', 'refused', 'defect'] as const
export type FailureKind = (typeof FAILURE_KINDS)[number]

export const failureSchema = z.object({ kind: z.enum(FAILURE_KINDS), message: z.string() })
export type Failure = z.infer<typeof failureSchema>
