/**
 * Graph500's sequential reference code on compressed rows, as the DMT artifact runs it at scale 27 with 32 edges a
 * vertex: a Kronecker graph is generated, its degrees are counted, its edges scattered into slices, the slices
 * sorted and packed, and then searched, level by level, from random roots:
 *
 *   for v in queue: for j in adjacency[offset[v] .. end[v]]: if tree[j] is empty: tree[j] = v; queue j
 */
import { Arrays, bytesFor, scaleFor } from './graph500/arrays'
import { count, generate, pack, scatter } from './graph500/construction'
import { bfs } from './graph500/search'
import { ProgramSource } from './program/program-source'
import type { Workload } from './workload'

const PHASES = { generate, count, scatter, pack, bfs } as const
const PAPER_SCALE = 27
const PAPER_EDGE_FACTOR = 32

export const graph500: Workload = {
  info: {
    id: 'graph500',
    title: 'Graph500',
    summary: 'Breadth-first search of a Kronecker graph with 2^27 vertices and 2^32 edges',
    story: [
      'A benchmark of supercomputers: a graph with a few vertices of millions of edges and many with hardly any, like those of social networks, is generated, put into order, and then searched breadth first from random roots.',
      'The search reads the neighbours of a vertex one behind the other, and for each of them one word of a tree of 1 GiB that lies anywhere in it: one random page an edge. Each of five arrays begins at a multiple of 8 GiB, in a mapping that is 8 GiB longer than it, and none of what is longer is touched.'
    ],
    presets: { paper: bytesFor(PAPER_SCALE, PAPER_EDGE_FACTOR), laptop: 4 * 2 ** 30 },
    knobs: [
      { path: 'graph500.edgeFactor', title: 'Edge factor', help: 'Edges for each vertex' },
      {
        path: 'graph500.phase',
        title: 'Phase',
        help: 'What the program is at: making the graph, or searching it'
      }
    ]
  },
  open: ({ footprint, seed, graph500: { edgeFactor, phase } }) => {
    const arrays = new Arrays(scaleFor(footprint, edgeFactor), edgeFactor, seed)
    const program = PHASES[phase](arrays)
    program.next()
    return new ProgramSource(arrays.plan.areas, arrays.tape, () => program.next())
  }
}
