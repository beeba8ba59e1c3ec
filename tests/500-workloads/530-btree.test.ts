import { btree } from '@main/workloads/btree'
import { GrownTree } from '@main/workloads/btree/tree'
import { backedPages } from '@main/workloads/area-runs'
import type { Area } from '@main/workloads/workload'
import { LOAD, STORE } from '@shared/model/access'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, areaOf, skip, take, type Access } from '../builders/a-stream'
import { dataOf, instructionsPerDataReference, missesOf, storeShare } from '../builders/workload-facts'

interface Node {
  readonly number: number
  readonly isLeaf: boolean
  keys: number[]
  children: Node[]
}

/** A B+ tree that grows as that of btree.c: insert, cut in two, tell the parent. */
class RealTree {
  readonly made: Node[] = []
  root: Node

  constructor(
    keys: number,
    private readonly order: number
  ) {
    this.root = this.make(true)
    for (let i = 0; i < keys; i += 2) {
      this.insert(i)
      this.insert(keys - i - 1)
    }
  }

  pathTo(key: number): Node[] {
    const path = [this.root]
    for (let node = this.root; !node.isLeaf; path.push(node)) {
      let i = 0
      while (i < node.keys.length && key >= node.keys[i]) i++
      node = node.children[i]
    }
    return path
  }

  private make(isLeaf: boolean): Node {
    const node: Node = { number: this.made.length, isLeaf, keys: [], children: [] }
    this.made.push(node)
    return node
  }

  private insert(key: number): void {
    const path = this.pathTo(key)
    const leaf = path[path.length - 1]
    leaf.keys.splice(leaf.keys.filter((k) => k < key).length, 0, key)
    if (leaf.keys.length < this.order) return
    const right = this.make(true)
    right.keys = leaf.keys.splice(Math.ceil((this.order - 1) / 2))
    this.insertInParent(path, right.keys[0], right)
  }

  private insertInParent(path: Node[], key: number, right: Node): void {
    const left = path[path.length - 1]
    const parent = path[path.length - 2]
    if (!parent) {
      this.root = this.make(false)
      this.root.keys = [key]
      this.root.children = [left, right]
      return
    }
    const position = parent.children.indexOf(left)
    parent.keys.splice(position, 0, key)
    parent.children.splice(position + 1, 0, right)
    if (parent.children.length <= this.order) return
    const split = Math.ceil(this.order / 2)
    const other = this.make(false)
    other.children = parent.children.splice(split)
    const [middle, ...rest] = parent.keys.splice(split - 1)
    other.keys = rest
    this.insertInParent(path.slice(0, -1), middle, other)
  }
}

const SIZES = [
  [16, 20_000],
  [16, 19_996],
  [16, 1000],
  [16, 64],
  [16, 7_412],
  [4, 3000],
  [8, 12_344],
  [64, 20_000]
]

describe('the tree', () => {
  it.each(SIZES)('is what insertion makes: order %i, %i keys', (order, keys) => {
    const real = new RealTree(keys, order)
    const tree = new GrownTree(keys, order)
    expect(tree.creation.nodes).toBe(real.made.length)
    const numbers = new Map<number, number>()
    const wrong: number[] = []
    for (let key = 0; key < keys; key++) {
      const path = real.pathTo(key)
      let depth = 0
      tree.descend(key, ({ number, entries, position }) => {
        const node = path[depth++]
        const isSame = node.isLeaf
          ? entries === node.keys.length && position === node.keys.indexOf(key)
          : entries === node.children.length && position === node.children.indexOf(path[depth])
        if (!isSame || (numbers.get(node.number) ?? number) !== number) wrong.push(key)
        numbers.set(node.number, number)
      })
      if (depth !== path.length) wrong.push(key)
    }
    expect(wrong).toEqual([])
    expect([...numbers.values()].sort((a, b) => a - b)).toEqual(real.made.map((_, i) => i))
    // Order and leaves' times are exact; inner nodes of the growing middle stray, and it is numbered where it ends.
    const strays = [...numbers].filter(([real, number]) => Math.abs(real - number) > 16).length
    expect(strays).toBeLessThan(0.03 * real.made.length + 2)
  })
})

describe('btree', () => {
  const open = (footprint: number | string, seed = 1) => btree.open(aStreamSpec({ footprint, seed }))
  const PAPER = btree.info.presets?.paper ?? 0

  it('has 1.5 billion keys in 105 to 125 GiB at the paper’s footprint', () => {
    expect(PAPER / 2 ** 30).toBeGreaterThan(105)
    expect(PAPER / 2 ** 30).toBeLessThan(125)
  })

  it('fills a ninth of the addresses of its slabs, and no more memory than it was given', () => {
    const source = open('4GiB')
    const backed = source.areas.reduce((sum, area) => sum + backedPages(area), 0)
    expect((backed * 4096) / 2 ** 32).toBeGreaterThan(0.99)
    expect((backed * 4096) / 2 ** 32).toBeLessThan(1.02)
    const keys = 4 * Math.floor(2 ** 32 / bytesPerKey(PAPER) / 4)
    const slabs = areaNamed(source, 'slabs')
    const elements = (keys * 16) / 4096
    expect((backedPages(slabs) - elements) / (slabs.pages - elements)).toBeCloseTo(65 / 577, 2)
  })

  it('touches nothing that has no memory', async () => {
    for (const footprint of ['1MiB', '64MiB', PAPER]) {
      const source = open(footprint)
      const outside = dataOf(await take(source, 100_000)).filter(({ page }) => !isBacked(source.areas, page))
      expect(outside).toEqual([])
    }
  })

  it('takes about 14 pages in a lookup that are not among the 1536 used last', async () => {
    const source = open(PAPER)
    skip(source, 1_000_000)
    const accesses = await take(source, 1_000_000)
    const lookups = lookupsIn(source.areas, accesses)
    expect(missesOf(accesses, 1536) / lookups).toBeGreaterThan(0.9 * 14)
    expect(missesOf(accesses, 1536) / lookups).toBeLessThan(1.1 * 14)
  })

  it('fetches about three instructions for each data reference, and stores a few', async () => {
    const accesses = await take(open('4GiB'), 200_000)
    expect(instructionsPerDataReference(accesses)).toBeGreaterThan(2.5)
    expect(instructionsPerDataReference(accesses)).toBeLessThan(3.5)
    expect(storeShare(accesses)).toBeLessThan(0.1)
  })

  it('asks for the keys that lrand48 gives, each as another record and element', async () => {
    const source = open('4GiB')
    const keys = 4 * Math.floor(2 ** 32 / bytesPerKey(PAPER) / 4)
    let state = (0xcafebaben << 16n) | 0x330en
    const expected: number[] = []
    for (let i = 0; i < 50; i++) {
      state = (state * 0x5deece66dn + 11n) % 2n ** 48n
      const drawn = Number(state >> 17n)
      expected.push(drawn % keys, ((drawn + 1) * 4) % keys)
    }
    const slabs = areaNamed(source, 'slabs')
    const evens = runEnds(slabs)
    const seen = elementsIn(source.areas, await take(source, 60_000)).slice(0, 100)
    seen.forEach((address, i) => {
      const key = expected[i]
      const array = key % 2 === 0 ? evens.last : evens.lastButOne
      const place = key % 2 === 0 ? key / 2 : (keys - 1 - key) / 2
      expect(address).toBe((slabs.start + array + 1) * 4096 + 16 * place)
    })
    expect(seen).toHaveLength(100)
  })

  it('says how much a tree takes', () => {
    // 128 keys of an element, a record, and their share of nodes: leaves of 8 keys, and 1/224 + 1/128 above them.
    const least = Math.ceil(128 * (32 + (1 / 8 + 1 / 224 + 1 / 128) * (48 + 320)))
    expect(() => open(least - 1)).toThrow(new RegExp(`give at least ${least} bytes`))
    expect(() => open(least)).not.toThrow()
  })
})

const bytesPerKey = (bytes: number): number => bytes / 1.5e9

/** First pages, in the area, of its last two backed runs. */
function runEnds({ backed = new Int32Array() }: Area): { last: number; lastButOne: number } {
  return { last: backed[backed.length - 2], lastButOne: backed[backed.length - 4] }
}

function isBacked(areas: readonly Area[], page: number): boolean {
  const area = areaOf(areas, page)
  if (!area?.backed) return area !== undefined
  const offset = page - area.start
  for (let i = 0; i < area.backed.length; i += 2) {
    if (offset >= area.backed[i] && offset < area.backed[i] + area.backed[i + 1]) return true
  }
  return false
}

/** A lookup begins with four registers put on the stack. */
const lookupsIn = (areas: readonly Area[], accesses: readonly Access[]): number =>
  accesses.filter((a) => a.kind === STORE && areaOf(areas, a.page)?.name === 'stack').length / 4

/** The last data reference in front of the four registers that a lookup takes back. */
function elementsIn(areas: readonly Area[], accesses: readonly Access[]): number[] {
  const isStack = ({ kind, page }: Access): boolean => kind === LOAD && areaOf(areas, page)?.name === 'stack'
  const data = dataOf(accesses)
  return data.flatMap((access, i) =>
    i > 0 && isStack(access) && !isStack(data[i - 1]) ? [data[i - 1].page * 4096 + data[i - 1].offset] : []
  )
}
