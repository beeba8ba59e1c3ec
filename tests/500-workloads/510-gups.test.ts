import { gups } from '@main/workloads/gups'
import { elementAt } from '@main/workloads/hpcc-sequence'
import { PAGE_BYTES } from '@shared/address/address'
import { FETCH, LOAD, STORE } from '@shared/model/access'
import { bytesTaken } from '@shared/model/catalogue'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStreamSpec, areaNamed, areaOf, skip, take, type Access } from '../builders/a-stream'
import { dataOf, RecentPages } from '../builders/workload-facts'

const POLYNOMIAL = (1n << 64n) | 7n
const MASK = 2n ** 64n - 1n
const PER_UPDATE = 23

const step = (r: bigint): bigint => ((r << 1n) ^ (r >> 63n ? 7n : 0n)) & MASK

/** Product of two polynomials over GF(2), reduced: schoolbook, nothing shared with the code under test. */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n
  for (let bit = 0n; bit < 64n; bit++) if ((b >> bit) & 1n) product ^= a << bit
  for (let bit = 127n; bit >= 64n; bit--) if ((product >> bit) & 1n) product ^= POLYNOMIAL << (bit - 64n)
  return product
}

function power(position: bigint): bigint {
  let result = 1n
  let factor = 2n
  for (let n = position; n > 0n; n >>= 1n) {
    if (n & 1n) result = multiply(result, factor)
    factor = multiply(factor, factor)
  }
  return result
}

const asBigInt = (word: { upper: number; lower: number }): bigint =>
  (BigInt(word.upper >>> 0) << 32n) | BigInt(word.lower >>> 0)

/** The words updated, in order, as gups.c computes them. */
function expectedWords(words: bigint, updates: number): bigint[] {
  const states = Array.from({ length: 128 }, (_, j) => power(BigInt(j) << 23n))
  return Array.from({ length: updates }, (_, i) => {
    states[i % 128] = step(states[i % 128])
    return states[i % 128] % words
  })
}

const open = (footprint: string, skip = 0) => gups.open({ ...aStreamSpec({ footprint }), gups: { skip } })

describe('the HPCC sequence', () => {
  it('jumps to where stepping leads', () => {
    let stepped = 1n
    for (let n = 0; n < 2000; n++, stepped = step(stepped)) expect(asBigInt(elementAt(n))).toBe(stepped)
  })

  it('jumps as far as multiplication of polynomials does', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger().map(Math.abs), (n) => {
        expect(asBigInt(elementAt(n))).toBe(power(BigInt(n)))
      }),
      { numRuns: 50 }
    )
  })
})

describe('gups', () => {
  it.each(['8KiB', '4GiB', '128GiB', '4TiB'])(
    'updates the words HPCC updates, and their mirrors (%s)',
    async (size) => {
      const source = open(size)
      const words = BigInt(aStreamSpec({ footprint: size }).footprint / 8)
      const table = areaNamed(source, 'table')
      const data = dataOf(await take(source, 1000 * PER_UPDATE))
      const wordOf = (a: Access): bigint =>
        (BigInt(a.page - table.start) * 4096n + BigInt(a.offset) - 16n) / 8n
      expectedWords(words, 1000).forEach((word, i) => {
        expect(data.slice(6 * i + 2, 6 * i + 6).map(wordOf)).toEqual([word, word, words - word, words - word])
      })
    }
  )

  it('reads and writes the states in turn, then each word, all eight bytes wide', async () => {
    const source = open('1GiB')
    const heap = areaNamed(source, 'heap')
    const data = dataOf(await take(source, 300 * PER_UPDATE))
    data.forEach((access, i) => {
      expect(access.kind).toBe(i % 2 === 0 ? LOAD : STORE)
      expect(access.size).toBe(8)
    })
    for (let update = 0; update < 300; update++) {
      const [load, store] = data.slice(6 * update)
      expect(load).toEqual({ kind: LOAD, size: 8, page: heap.start, offset: 16 + 8 * (update % 128) })
      expect(store).toEqual({ ...load, kind: STORE })
    }
  })

  it('fetches 17 consecutive instructions in each update', async () => {
    const source = open('1GiB')
    const text = areaNamed(source, 'text')
    const accesses = await take(source, 10 * PER_UPDATE)
    const first = accesses.slice(0, PER_UPDATE).filter((a) => a.kind === FETCH)
    expect(first).toHaveLength(17)
    first.slice(1).forEach((fetch, i) => expect(fetch.offset).toBe(first[i].offset + first[i].size))
    for (let update = 0; update < 10; update++) {
      const fetches = accesses
        .slice(update * PER_UPDATE, (update + 1) * PER_UPDATE)
        .filter((a) => a.kind === FETCH)
      expect(fetches).toEqual(first)
      expect(fetches.every((a) => a.page === text.start)).toBe(true)
    }
  })

  it('finds a third of its data references on a page it has not just used, once its states have mixed', async () => {
    // The benchmark's starts are sparse words; some 160,000 updates make them look random.
    const source = open('16GiB', 180_000)
    const data = dataOf(await take(source, 20_000 * PER_UPDATE))
    const recent = new RecentPages(64)
    const misses = data.filter(({ page }) => !recent.touch(page)).length
    expect(misses / data.length).toBeGreaterThan(0.331)
    expect(misses / data.length).toBeLessThan(0.3334)
  })

  it.each([1, 127, 128, 1000, 2 ** 10 + 5])(
    'begins after %i updates where the benchmark is then',
    async (skipped) => {
      const whole = open('1GiB')
      skip(whole, skipped * PER_UPDATE)
      expect(await take(open('1GiB', skipped), 300 * PER_UPDATE)).toEqual(await take(whole, 300 * PER_UPDATE))
    }
  )

  it('uses the largest power of two within the footprint, and the word behind it', () => {
    const pagesFor = (footprint: string): number => areaNamed(open(footprint), 'table').pages
    expect(pagesFor('4GiB')).toBe(2 ** 20 + 1)
    expect(pagesFor('7GiB')).toBe(2 ** 20 + 1)
    expect(pagesFor('128GiB')).toBe(2 ** 25 + 1)
    expect(pagesFor('4KiB')).toBe(2)
    for (const size of ['4GiB', '7GiB', '900GiB'])
      expect(bytesTaken(gups.info, aStreamSpec({ footprint: size }).footprint)).toBe(
        (pagesFor(size) - 1) * PAGE_BYTES
      )
  })

  it('reaches the word behind the table inside its area', async () => {
    const source = open('4KiB')
    const table = areaNamed(source, 'table')
    const accesses = await take(source, 3000 * PER_UPDATE)
    const behind = accesses.filter((a) => a.page === table.start + 1 && a.offset === 16)
    expect(behind.length).toBeGreaterThan(0)
    expect(accesses.every((a) => areaOf(source.areas, a.page) !== undefined)).toBe(true)
  })
})
