/**
 * What a process has mapped, as far as a scenario needs it: to choose addresses as Linux does and to refuse what
 * cannot be done. An area is known by its name; parts of it may be unmapped or have other permissions.
 */
import { page, type Page } from '@shared/address/address'
import { PAGES_IN } from '@shared/arch/page-size'
import { PROTECT_WRITE } from '@shared/model/operation'
import { MMAP_TOP, programAreas } from '../workloads/process-layout'
import { Ranges } from './ranges'
import { Refusal } from './refusal'

/** Pages in a row with one protection. */
export interface Piece {
  readonly start: number
  readonly pages: number
  readonly protection: number
}

/** From the first page of an area that is mapped to the last one. */
export interface Extent {
  readonly start: Page
  readonly pages: number
}

/** vm.max_map_count of Linux. */
const MOST_PIECES = 65_530
/** As many as can be backed (address.ts). */
const MOST_PAGES = 2 ** 30
export const HEAP = 'heap'
const FLOOR = programAreas().text.start

const endOf = ({ start, pages }: { readonly start: number; readonly pages: number }): number => start + pages

/**
 * Linux aligns mappings to what a huge page of theirs needs (thp_get_unmapped_area). Areas of 1 GiB are aligned to it
 * whatever the page sizes are, so that runs which differ in page size alone see the same addresses.
 */
function alignmentOf(pages: number): number {
  if (pages >= PAGES_IN['1G']) return PAGES_IN['1G']
  return pages >= PAGES_IN['2M'] ? PAGES_IN['2M'] : 1
}

export class AddressSpace {
  /** All pages that are mapped. */
  pages = 0
  private pieceCount = 0
  private areas = new Map<string, readonly Piece[]>()
  private taken = new Ranges()

  /** What fork gives the child. */
  copy(): AddressSpace {
    const other = new AddressSpace()
    other.pages = this.pages
    other.pieceCount = this.pieceCount
    other.areas = new Map(this.areas)
    other.taken = this.taken.copy()
    return other
  }

  get size(): number {
    return this.pieceCount
  }

  /** Maps an area where Linux would. @returns where it starts */
  map(name: string, pages: number, protection: number): Page {
    this.checkNew(name)
    const start = this.placeFor(pages)
    this.mapAt(name, start, pages, protection)
    return start
  }

  /** Maps an area of a program's own. */
  mapAt(name: string, start: Page, pages: number, protection: number): void {
    this.checkNew(name)
    this.checkRoom(pages)
    this.put(name, [{ start, pages, protection }])
    this.taken.take(start, start + pages)
  }

  extent(name: string): Extent {
    const pieces = this.piecesOf(name)
    const start = pieces[0].start
    return { start: page(start), pages: endOf(pieces[pieces.length - 1]) - start }
  }

  /** Some page of it is mapped. */
  isMapped(name: string, { start, pages }: Extent): boolean {
    return this.within(name, start, start + pages).length > 0
  }

  /** Refuses a range that is not mapped throughout, or not with this permission. */
  check(name: string, { start, pages }: Extent, permission: number): void {
    const pieces = this.within(name, start, start + pages)
    if (pieces.reduce((sum, piece) => sum + piece.pages, 0) < pages)
      throw new Refusal(`names pages of ${name} that are not mapped`, 'name a part that is')
    if (pieces.some(({ protection }) => (protection & permission) !== permission))
      throw new Refusal(`stores to ${name}, which is read-only there`, 'leave out "stores" or give it rw')
  }

  unmap(name: string, { start, pages }: Extent): void {
    const end = start + pages
    this.put(name, this.outside(name, start, end))
    this.taken.free(start, end)
  }

  protect(name: string, { start, pages }: Extent, protection: number): void {
    const pieces = [...this.outside(name, start, start + pages), { start, pages, protection }]
    this.put(name, joined(pieces.sort((a, b) => a.start - b.start)))
    this.checkRoom(0)
  }

  /** Moves an area to another place, or makes it another size. @returns where it starts */
  remap(name: string, newPages: number, mayStay: boolean): Page {
    const piece = this.onlyPiece(name)
    const { start, pages, protection } = piece
    this.checkRoom(newPages - pages)
    const stays = mayStay && (newPages <= pages || this.isRoomBehind(piece, newPages))
    const to = stays ? page(start) : this.placeFor(newPages)
    this.put(name, [{ start: to, pages: newPages, protection }])
    this.taken.free(start, endOf(piece))
    this.taken.take(to, to + newPages)
    return to
  }

  /** The heap grows and shrinks where it is. @returns its new end */
  brk(pages: number): Page {
    const piece = this.onlyPiece(HEAP)
    if (piece.protection !== PROTECT_WRITE)
      throw new Refusal('resizes the heap, which has other permissions', 'give it rw before')
    this.checkRoom(pages - piece.pages)
    if (pages > piece.pages && !this.isRoomBehind(piece, pages))
      throw new Refusal('grows the heap into another area', 'grow it less')
    this.remap(HEAP, pages, true)
    return page(piece.start + pages)
  }

  names(): string[] {
    return [...this.areas.keys()]
  }

  /** The same text for the same state and for no other. */
  print(): string {
    return [...this.areas]
      .map(([name, pieces]) => name + pieces.map((p) => `,${p.start}+${p.pages}:${p.protection}`).join(''))
      .join(';')
  }

  private isRoomBehind(piece: Piece, pages: number): boolean {
    const end = piece.start + pages
    return end <= MMAP_TOP && this.taken.isFree(endOf(piece), end)
  }

  private placeFor(pages: number): Page {
    const place = this.taken.highestHole(pages, alignmentOf(pages), FLOOR, MMAP_TOP)
    if (place === undefined) throw new Refusal('finds no room in the address space', 'unmap something before')
    return page(place)
  }

  private checkNew(name: string): void {
    if (this.areas.has(name))
      throw new Refusal(`maps ${name}, which is mapped already`, 'unmap it before or give another name')
  }

  private checkRoom(more: number): void {
    if (this.pages + more > MOST_PAGES) throw new Refusal('maps more than 4TiB', 'map less')
    if (this.pieceCount >= MOST_PIECES)
      throw new Refusal(`makes more than ${MOST_PIECES} areas`, 'unmap some before')
  }

  private onlyPiece(name: string): Piece {
    const pieces = this.piecesOf(name)
    if (pieces.length > 1)
      throw new Refusal(`moves ${name}, which has holes or several protections`, 'name a whole area')
    return pieces[0]
  }

  private piecesOf(name: string): readonly Piece[] {
    const pieces = this.areas.get(name)
    if (pieces) return pieces
    const some = this.names().slice(0, 6).join(', ')
    throw new Refusal(`names ${name}, which is not mapped`, some ? `name one of ${some}` : 'map it before')
  }

  private put(name: string, pieces: readonly Piece[]): void {
    const before = this.areas.get(name) ?? []
    const sum = (list: readonly Piece[]): number => list.reduce((all, one) => all + one.pages, 0)
    this.pages += sum(pieces) - sum(before)
    this.pieceCount += pieces.length - before.length
    if (pieces.length > 0) this.areas.set(name, pieces)
    else this.areas.delete(name)
  }

  private within(name: string, start: number, end: number): Piece[] {
    return this.piecesOf(name).flatMap((piece) => cut(piece, start, end))
  }

  private outside(name: string, start: number, end: number): Piece[] {
    return this.piecesOf(name).flatMap((piece) => [...cut(piece, 0, start), ...cut(piece, end, Infinity)])
  }
}

/** What of a piece lies in [from, to). */
function cut(piece: Piece, from: number, to: number): Piece[] {
  const start = Math.max(piece.start, from)
  const pages = Math.min(endOf(piece), to) - start
  return pages > 0 ? [{ ...piece, start, pages }] : []
}

/** Neighbours with one protection are one piece. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    if (last && endOf(last) === piece.start && last.protection === piece.protection)
      out[out.length - 1] = { ...last, pages: last.pages + piece.pages }
    else out.push(piece)
  }
  return out
}
