import { describe, expect, it } from 'vitest'
import { GIB, MIB, pageNumber, plainRow, read, said, scene } from '../builders/artifact-scene'
import { PLAYERS } from '../builders/artifact-players'

const pages = (...numbers: number[]): bigint[] => numbers.map(pageNumber)
const TIB = 1024n * GIB

describe.each(PLAYERS)('page walk caches of the artifact profile, %s', (_, play) => {
  const walksOf = async (addresses: bigint[]): Promise<Readonly<Record<string, number>>> =>
    said(
      await play(
        scene(
          addresses.map((page) => plainRow(page)),
          addresses.map((a) => read(a))
        )
      )
    ).walks
  const beginnings = (walks: Readonly<Record<string, number>>): string[] =>
    Object.keys(walks)
      .map((steps) => steps.replace(/(,?(MEMORY|L1|L2|LLC))+$/, ''))
      .filter((steps) => steps !== '')

  it('do not find the entry they served last', async () => {
    expect(beginnings(await walksOf(pages(0, 1, 2, 3)))).toEqual([])
  })

  it('reach 16 MiB with an entry of level 3', async () => {
    expect(beginnings(await walksOf([0n, 16n * MIB, 16n * MIB - 4096n]))).toEqual(['ZERO,ZERO,PWC'])
    expect(beginnings(await walksOf([0n, 16n * MIB, 32n * MIB]))).toEqual([])
  })

  it('reach 8 GiB with an entry of level 2', async () => {
    expect(beginnings(await walksOf([0n, 8n * GIB, 8n * GIB - 4096n]))).toEqual(['ZERO,PWC'])
    expect(beginnings(await walksOf([0n, 8n * GIB, 16n * GIB]))).toEqual([])
  })

  it('reach 4 TiB with an entry of level 1', async () => {
    expect(beginnings(await walksOf([0n, 4n * TIB, 4n * TIB - 4096n]))).toEqual(['PWC'])
    expect(beginnings(await walksOf([0n, 4n * TIB, 8n * TIB]))).toEqual([])
  })

  it('hold one, four and four entries a set', async () => {
    const after = async (step: bigint, others: number, last: bigint): Promise<string[]> => {
      const visited = Array.from({ length: others + 1 }, (_, n) => BigInt(n) * step)
      return beginnings(await walksOf([...visited, last]))
    }
    expect(await after(128n * MIB, 3, 4096n)).toEqual(['ZERO,ZERO,PWC'])
    expect(await after(128n * MIB, 4, 4096n)).toEqual([])
    expect(await after(8n * GIB, 3, 16n * MIB)).toEqual(['ZERO,PWC'])
    expect(await after(8n * GIB, 4, 16n * MIB)).toEqual([])
    expect(await after(4n * TIB, 1, 8n * GIB)).toEqual(['PWC'])
    expect(await after(8n * TIB, 1, 8n * GIB)).toEqual([])
  })
})
