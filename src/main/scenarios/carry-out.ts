/** What a step does: the operations it is in the stream, or the accesses of a touch. */
import type { Page } from '@shared/address/address'
import { LAYER_NAMES } from '@shared/model/environment'
import {
  ADVICE,
  FORGERIES,
  HOST_LACKS_CONTIGUITY,
  HOST_LACKS_DMT,
  PROTECT_WRITE,
  type Operation,
  type OperationId
} from '@shared/model/operation'
import {
  ALL,
  INNERMOST,
  type Asked,
  type ScenarioLayer,
  type TouchPattern,
  type Verb
} from '@shared/model/scenario'
import { HEAP, type Extent } from './address-space'
import { pagesOf, partOf } from './part'
import { Refusal } from './refusal'
import { protectionOf, type World } from './world'

/** Accesses to pages that are mapped throughout. */
export interface Touch {
  readonly id: 'touch'
  readonly start: Page
  readonly pages: number
  readonly pattern: TouchPattern
  /** Null: each page once. */
  readonly count: number | null
  readonly stores: number
  /** The touches before it. */
  readonly ordinal: number
}

export type Deed = Operation | Touch

/** A name with `#` is another one in each round; the stream knows it by what is written. */
export interface Names {
  /** The name in this round. */
  now(written: string): string
  /** Its number among the names of the stream. */
  label(written: string): number
}

type CarryOut<V extends Verb> = (world: World, ask: Asked<V>, names: Names) => readonly Deed[]

const operation = (id: OperationId, ...args: number[]): Operation => ({ id, arguments: args })

const footprintPages = (world: World, size: Parameters<typeof pagesOf>[0]): number =>
  pagesOf(size, world.setting.footprint)

function partIn(world: World, name: string, part: Parameters<typeof partOf>[1]): Extent {
  return partOf(world.space.extent(name), part)
}

function layerNumber(layer: ScenarioLayer, { setting }: World): number {
  const number = layer === INNERMOST ? setting.depth - 1 : LAYER_NAMES.indexOf(layer)
  if (number < setting.depth) return number
  throw new Refusal(`names ${layer}, a layer that is not there`, 'name another or say "only"')
}

/** A layer that has a guest above it. */
function hostLayer(layer: ScenarioLayer, world: World): number {
  const number = layerNumber(layer, world)
  if (number < world.setting.depth - 1) return number
  throw new Refusal(`names ${layer}, which has no guest`, 'name a layer below or say "only"')
}

function inVirtualMachine({ setting }: World): void {
  if (setting.depth === 1)
    throw new Refusal('needs a virtual machine', 'say "only": ["virtualized", "nested"]')
}

function touch(world: World, ask: Asked<'touch'>, names: Names): readonly Deed[] {
  const { part, pattern = 'random', count = ALL, stores = 0 } = ask
  const name = names.now(ask.touch)
  const extent = partIn(world, name, part)
  world.space.check(name, extent, stores > 0 ? PROTECT_WRITE : 0)
  if (count === ALL && (pattern === 'zipf' || pattern === 'strided'))
    throw new Refusal(`touches all pages once with the pattern ${pattern}`, 'give a count')
  const ordinal = world.touches++
  return [{ id: 'touch', ...extent, pattern, count: count === ALL ? null : count, stores, ordinal }]
}

function mmap(world: World, ask: Asked<'mmap'>, names: Names): readonly Deed[] {
  const { protection = PROTECT_WRITE } = ask
  const pages = footprintPages(world, ask.size)
  const start = world.map(names.now(ask.mmap), pages, protection)
  return [operation('mmap', start, pages, protection, names.label(ask.mmap))]
}

function munmap(world: World, ask: Asked<'munmap'>, names: Names): readonly Deed[] {
  const name = names.now(ask.munmap)
  if (name === HEAP) throw new Refusal('unmaps the heap, which only grows and shrinks', 'shrink it')
  const extent = partIn(world, name, ask.part)
  if (!world.space.isMapped(name, extent))
    throw new Refusal(`names pages of ${name} that are not mapped`, 'name a part that is')
  world.space.unmap(name, extent)
  return [operation('munmap', extent.start, extent.pages)]
}

/** Linux's way for anonymous memory: mremap where there is room, another place where not. The heap has brk. */
function resize(world: World, name: string, newPages: number): readonly Deed[] {
  if (newPages < 1) throw new Refusal(`shrinks ${name} to nothing`, 'shrink it less or unmap it')
  if (name === HEAP) return [operation('brk', world.space.brk(newPages))]
  const { start, pages } = world.space.extent(name)
  return [operation('mremap', start, pages, world.space.remap(name, newPages, true), newPages)]
}

function grow(world: World, ask: Asked<'grow'>, names: Names): readonly Deed[] {
  const name = names.now(ask.grow)
  return resize(world, name, world.space.extent(name).pages + footprintPages(world, ask.by))
}

function shrink(world: World, ask: Asked<'shrink'>, names: Names): readonly Deed[] {
  const name = names.now(ask.shrink)
  return resize(world, name, world.space.extent(name).pages - footprintPages(world, ask.by))
}

function move(world: World, ask: Asked<'move'>, names: Names): readonly Deed[] {
  const name = names.now(ask.move)
  if (name === HEAP) throw new Refusal('moves the heap, which stays where it is', 'move another area')
  const { start, pages } = world.space.extent(name)
  return [operation('mremap', start, pages, world.space.remap(name, pages, false), pages)]
}

function mprotect(world: World, ask: Asked<'mprotect'>, names: Names): readonly Deed[] {
  const name = names.now(ask.mprotect)
  const extent = partIn(world, name, ask.part)
  world.space.check(name, extent, 0)
  world.space.protect(name, extent, ask.protection)
  return [operation('mprotect', extent.start, extent.pages, ask.protection)]
}

function madvise(world: World, ask: Asked<'madvise'>, names: Names): readonly Deed[] {
  const name = names.now(ask.madvise)
  const extent = partIn(world, name, ask.part)
  world.space.check(name, extent, 0)
  return [operation('madvise', extent.start, extent.pages, ADVICE.indexOf(ask.advice))]
}

/** The operation empties the address space; the program that is loaded is mapped by ordinary ones. */
function exec(world: World, _ask: Asked<'exec'>, names: Names): readonly Deed[] {
  const areas = world.exec()
  const maps = areas.map((area) =>
    operation('mmap', area.start, area.pages, protectionOf(area), names.label(area.name))
  )
  return [operation('exec'), ...maps]
}

function exit(world: World): readonly Deed[] {
  world.exit()
  return [operation('exit')]
}

function migrate(world: World, { migrate: lacks }: Asked<'migrate'>): readonly Deed[] {
  inVirtualMachine(world)
  const contiguity = lacks.includes('contiguity') ? HOST_LACKS_CONTIGUITY : 0
  return [operation('migrate', contiguity | (lacks.includes('dmt') ? HOST_LACKS_DMT : 0))]
}

function forge(world: World, ask: Asked<'forge'>): readonly Deed[] {
  inVirtualMachine(world)
  return [operation('forge', FORGERIES.indexOf(ask.forge))]
}

function fail(world: World, ask: Asked<'fail'>): readonly Deed[] {
  inVirtualMachine(world)
  return [operation('fail', ask.fail)]
}

function reclaim(world: World, ask: Asked<'reclaim'>): readonly Deed[] {
  inVirtualMachine(world)
  return [operation('reclaim', footprintPages(world, ask.reclaim))]
}

/** @throws Refusal */
export const CARRY_OUT: { readonly [V in Verb]: CarryOut<V> } = {
  touch,
  mmap,
  munmap,
  grow,
  shrink,
  move,
  mprotect,
  madvise,
  fork: (world, ask, names) => [operation('fork', world.fork(names.now(ask.fork)))],
  exec,
  exit,
  run: (world, ask, names) => [operation('run', ...world.run(names.now(ask.run), ask.cpu))],
  khugepaged: (world, ask) => [operation('khugepaged', footprintPages(world, ask.khugepaged))],
  compact: (world, ask) => [operation('compact', layerNumber(ask.compact, world))],
  balloon: (world, ask) => [
    operation('balloon', hostLayer(ask.balloon, world), footprintPages(world, ask.size))
  ],
  deflate: (world, ask) => [
    operation('deflate', hostLayer(ask.deflate, world), footprintPages(world, ask.size))
  ],
  reclaim,
  migrate,
  forge,
  fail
}
