import type { ArrayGeometry, HardwareParameters } from '@shared/model/hardware-profile'
import { NaiveLru } from './naive-lru'

export interface NaiveAnswer {
  /** 0 miss, 1 first level, 2 shared. */
  readonly hit: number
  readonly frame?: number
  readonly meta?: number
  readonly pageShift?: number
}

/** `page` is the 4 KiB page it was filled for, `mapped` the size of the page in the tables. */
type Entry = {
  readonly base: number
  readonly meta: number
  readonly page: number
  readonly mapped: number
  readonly context: number
}
type Level = Map<number, NaiveLru<string, Entry>>

const table = (g: ArrayGeometry): NaiveLru<string, Entry> => new NaiveLru(g.entries / g.ways, g.ways)
const number = (page: number, shift: number): bigint => BigInt(page) >> BigInt(shift)
const key = (page: number, shift: number, context: number): string =>
  `${shift} ${context} ${number(page, shift)}`

/** The TLBs of one CPU over lists and maps, to hold the fast ones against. */
export class NaiveTlb {
  private readonly first: readonly Level[]
  private readonly shared: Level

  constructor(p: HardwareParameters['tlb']) {
    const perSize = (g: typeof p.data): Level =>
      new Map([0, 9, 18].map((s, i) => [s, table([g['4K'], g['2M'], g['1G']][i])]))
    this.first = [perSize(p.data), perSize(p.instruction)]
    const both = table(p.shared['4K2M'])
    this.shared = new Map([
      [0, both],
      [9, both],
      [18, table(p.shared['1G'])]
    ])
  }

  lookup(isFetch: boolean, page: number, context: number): NaiveAnswer {
    const first = this.first[Number(isFetch)]
    const here = use(first, page, context)
    if (here) return { hit: 1, ...here }
    const below = use(this.shared, page, context)
    if (!below) return { hit: 0 }
    put(this.pieces(first, below.pageShift), first, page, context, below.frame, below.pageShift, below.meta)
    return { hit: 2, ...below }
  }

  fill(isFetch: boolean, page: number, context: number, frame: number, shift: number, meta: number): void {
    const first = this.first[Number(isFetch)]
    put(this.pieces(first, shift), first, page, context, frame, shift, meta)
    put(shift, this.shared, page, context, frame, shift, meta)
  }

  setMeta(page: number, context: number, shift: number, meta: number): void {
    for (const level of this.levels()) {
      const size = level === this.shared ? shift : this.pieces(level, shift)
      const array = level.get(size)
      const old = array?.look(number(page, size), key(page, size, context))
      if (old) array?.change(number(page, size), key(page, size, context), { ...old, meta })
    }
  }

  invalidatePage(page: number, context: number): void {
    this.drop((k, entry) => {
      const isPiece =
        entry.context === context && number(page, entry.mapped) === number(entry.page, entry.mapped)
      return isPiece || [0, 9, 18].some((shift) => k === key(page, shift, context))
    })
  }

  flushContext(context: number): void {
    this.drop((_, entry) => entry.context === context)
  }

  flushVpid(vpid: number): void {
    this.drop((_, entry) => Math.floor(entry.context / 4096) === vpid)
  }

  flushAll(): void {
    this.drop(() => true)
  }

  /** The largest size up to `shift` that a first level has entries of. */
  private pieces(level: Level, shift: number): number {
    return [18, 9, 0].find((size) => size <= shift && level.get(size)?.isPresent) ?? shift
  }

  private drop(gone: (key: string, entry: Entry) => boolean): void {
    for (const level of this.levels()) for (const array of level.values()) array.drop(gone)
  }

  private levels(): Level[] {
    return [...this.first, this.shared]
  }
}

function use(
  level: Level,
  page: number,
  context: number
): { frame: number; meta: number; pageShift: number } | undefined {
  for (const [shift, array] of level) {
    const entry = array.use(number(page, shift), key(page, shift, context))
    if (entry) return { frame: entry.base + (page % 2 ** shift), meta: entry.meta, pageShift: shift }
  }
  return undefined
}

function put(
  shift: number,
  level: Level,
  page: number,
  context: number,
  frame: number,
  mapped: number,
  meta: number
): void {
  const base = Math.floor(frame / 2 ** shift) * 2 ** shift
  level.get(shift)?.put(number(page, shift), key(page, shift, context), { base, meta, page, mapped, context })
}
