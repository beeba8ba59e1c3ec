/** The phases that make the graph; each begins again when it is done, and pauses between pieces of its work. */
import { hashWords } from '@shared/random/hash-words'
import type { Block } from '../program/address-plan'
import { OFFSET_WORDS, WORD_BYTES, type Arrays } from './arrays'
import { Neighbours } from './neighbours'

/** glibc sorts up to so many bytes on the stack, and more in memory that it asks for. */
const STACK_SORT_BYTES = 1024
const PIECE = 64

/** Draws every edge and writes it behind the last. */
export function* generate({ graph, thread, plan, edges }: Arrays): Generator<void> {
  for (let edge = 0; ; edge = (edge + 1) % graph.edges) {
    for (let bit = 0; bit < graph.scale; bit++) {
      thread.compute(3)
      thread.modify(plan.stack, 0x80)
      thread.compute(1)
    }
    thread.store(edges, edge * WORD_BYTES)
    yield
  }
}

/** Reads every edge and counts it at both ends; loops are left out. */
export function* count(arrays: Arrays): Generator<void> {
  const { graph, thread, offsets } = arrays
  for (let edge = 0; ; edge = (edge + 1) % graph.edges) {
    readEdge(arrays, edge)
    if (graph.from !== graph.to) {
      for (const end of [graph.from, graph.to]) {
        thread.compute(3)
        thread.modify(offsets, end * OFFSET_WORDS * WORD_BYTES)
      }
    }
    yield
  }
}

/**
 * Reads every edge and puts each end into the other's slice. Edges come in random order, so a slice has been
 * filled as far as the list has been read.
 */
export function* scatter(arrays: Arrays): Generator<void> {
  const { graph, thread, offsets, adjacency, slices } = arrays
  for (let edge = 0; ; edge = (edge + 1) % graph.edges) {
    readEdge(arrays, edge)
    if (graph.from !== graph.to) {
      for (const end of [graph.from, graph.to]) {
        const filled = Math.floor(slices.room(end) * (edge / graph.edges))
        thread.compute(4)
        thread.modify(offsets, (end * OFFSET_WORDS + 1) * WORD_BYTES)
        thread.compute(2)
        thread.store(adjacency, (slices.start(end) + filled) * WORD_BYTES)
      }
    }
    yield
  }
}

function readEdge({ graph, thread, edges }: Arrays, edge: number): void {
  graph.draw(edge)
  thread.load(edges, edge * WORD_BYTES, 4)
  thread.load(edges, edge * WORD_BYTES + 4, 4)
  thread.compute(4)
}

/** Sorts every slice and drops what is in it twice. */
export function* pack(arrays: Arrays): Generator<void> {
  const { graph, thread, offsets, slices, plan } = arrays
  const rest = plan.map('sorting', Math.max(slices.longest * WORD_BYTES, STACK_SORT_BYTES))
  for (let vertex = 0; ; vertex = (vertex + 1) % graph.vertices) {
    const degree = slices.degree(vertex)
    thread.compute(4)
    thread.load(offsets, vertex * OFFSET_WORDS * WORD_BYTES)
    thread.load(offsets, (vertex * OFFSET_WORDS + 1) * WORD_BYTES)
    if (degree > 1) {
      const aside = degree * WORD_BYTES < STACK_SORT_BYTES ? plan.stack : rest
      yield* sort(arrays, slices.start(vertex), degree, aside)
      yield* dropRepeated(arrays, vertex, degree)
    }
    yield
  }
}

/** Merges runs of 1, 2, 4, ... words: from the slice aside, and back. Chance says which run has the lesser word. */
function* sort(
  { thread, adjacency, seed }: Arrays,
  start: number,
  words: number,
  aside: Block
): Generator<void> {
  for (let run = 1; run < words; run *= 2) {
    for (let first = 0; first < words; first += 2 * run) {
      const ends = [Math.min(first + run, words), Math.min(first + 2 * run, words)]
      const at = [first, ends[0]]
      for (let k = first; k < ends[1]; k++) {
        const wanted = hashWords(seed, start, run + k) & 1
        const which = at[wanted] < ends[wanted] ? wanted : 1 - wanted
        thread.load(adjacency, (start + at[which]++) * WORD_BYTES)
        thread.compute(3)
        thread.store(aside, k * WORD_BYTES)
        if (k % PIECE === 0) yield
      }
    }
    for (let k = 0; k < words; k++) {
      thread.load(aside, k * WORD_BYTES)
      thread.store(adjacency, (start + k) * WORD_BYTES)
      thread.compute(1)
      if (k % PIECE === 0) yield
    }
  }
}

function* dropRepeated(arrays: Arrays, vertex: number, degree: number): Generator<void> {
  const { thread, adjacency, offsets, slices, graph, seed } = arrays
  const start = slices.start(vertex)
  let kept = 0
  for (const _ of new Neighbours(graph, seed).of(vertex, degree)) {
    thread.load(adjacency, (start + kept) * WORD_BYTES)
    thread.compute(3)
    thread.store(adjacency, (start + kept) * WORD_BYTES)
    kept++
    if (kept % PIECE === 0) yield
  }
  for (let k = kept; k < degree; k++) {
    thread.store(adjacency, (start + k) * WORD_BYTES)
    thread.compute(1)
    if (k % PIECE === 0) yield
  }
  thread.store(offsets, (vertex * OFFSET_WORDS + 1) * WORD_BYTES)
}
