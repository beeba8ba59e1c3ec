/**
 * Tree pseudo-LRU as a tree of objects: a node holds its ways as a list and which half is next.
 */
export type PlruTree =
  | { readonly way: number }
  | { readonly ways: readonly number[]; readonly halves: readonly [PlruTree, PlruTree]; next: 0 | 1 }

export function aTree(ways: readonly number[]): PlruTree {
  if (ways.length === 1) return { way: ways[0] }
  const middle = Math.ceil(ways.length / 2)
  return { ways, halves: [aTree(ways.slice(0, middle)), aTree(ways.slice(middle))], next: 0 }
}

const holds = (tree: PlruTree, way: number): boolean =>
  'way' in tree ? tree.way === way : tree.ways.includes(way)

export function use(tree: PlruTree, way: number): void {
  if ('way' in tree) return
  const own = holds(tree.halves[0], way) ? 0 : 1
  tree.next = own === 0 ? 1 : 0
  use(tree.halves[own], way)
}

export const leaving = (tree: PlruTree): number =>
  'way' in tree ? tree.way : leaving(tree.halves[tree.next])

/** The ways in the order in which misses alone would replace them. */
export function orderOfLeaving(tree: PlruTree, ways: number): number[] {
  const copy = structuredClone(tree)
  const order = new Set<number>()
  while (order.size < ways) {
    const way = leaving(copy)
    order.add(way)
    use(copy, way)
  }
  return [...order]
}
