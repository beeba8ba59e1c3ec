/** What the lab and the window speak over, whatever carries it. */
import { z } from 'zod'

export interface MessageChannelEnd {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/**
 * The messages themselves, as birpc shapes them: a question names a call and its arguments, an answer bears the
 * question's number and a result or a failure. Whatever arrives is checked against this first.
 */
export const packetSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('q'),
    m: z.string().max(100),
    a: z.array(z.unknown()).max(16),
    i: z.string().max(64).optional()
  }),
  z.object({ t: z.literal('s'), i: z.string().max(64), r: z.unknown().optional(), e: z.unknown().optional() })
])
export type Packet = z.infer<typeof packetSchema>
