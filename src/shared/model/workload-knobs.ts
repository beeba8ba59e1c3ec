/** What the programs of the paper's evaluation can be set to, with the paper's values as defaults. */
import { z } from 'zod'

const share = z.number().min(0).max(1)

export const workloadKnobs = z.strictObject({
  gups: z
    .strictObject({
      /** Updates that are done when the stream begins. */
      skip: z
        .int()
        .min(0)
        .max(2 ** 30)
        .default(2 ** 18)
    })
    .prefault({}),
  btree: z
    .strictObject({
      /** Most children of a node; a node holds one key fewer. */
      order: z.int().min(4).max(64).default(16)
    })
    .prefault({}),
  redis: z
    .strictObject({
      /** Share of operations that overwrite a value; the rest look one up. */
      writes: share.default(0.5)
    })
    .prefault({}),
  memcached: z
    .strictObject({
      /** Which records are asked for: each as often, or as YCSB's skew has it. */
      distribution: z.enum(['uniform', 'zipfian']).default('uniform'),
      /** Fields of a record, and bytes of one. */
      fields: z.int().min(1).max(64).default(10),
      fieldBytes: z.int().min(1).max(4096).default(100),
      /** Whether the kernel's copy of the value to the socket is part of the stream. */
      kernelCopy: z.boolean().default(false)
    })
    .prefault({}),
  canneal: z
    .strictObject({
      /** Nets that lead into an element, and as many out of it, on average. */
      degree: z.int().min(1).max(32).default(5),
      /** Share of an element's neighbours that lie near it in the netlist. */
      locality: share.default(0.7),
      /** Standard deviation of their distance in elements. */
      window: z
        .int()
        .min(1)
        .max(2 ** 30)
        .default(4096),
      /** Start temperature; it falls by a third every 150,000 moves. */
      temperature: z.number().min(0).max(1e9).default(2000),
      /** Whether accepted swaps change later moves. */
      swaps: z.boolean().default(true)
    })
    .prefault({}),
  graph500: z
    .strictObject({
      /** Edges for each vertex. */
      edgeFactor: z.int().min(1).max(256).default(32),
      phase: z.enum(['generate', 'count', 'scatter', 'pack', 'bfs']).default('bfs')
    })
    .prefault({}),
  xsbench: z
    .strictObject({
      nuclides: z.int().min(1).max(1024).default(355),
      /** Cross-section lookups of a particle's history. */
      lookups: z.int().min(1).max(10_000).default(34)
    })
    .prefault({})
})
