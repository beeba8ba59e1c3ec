/**
 * Which tables of the guest are walked nested: those below a fixed level; or those that the guest writes often, until
 * it leaves them alone. Tables are named by their keys (agile-switches.ts).
 */
import type { LabSpec } from '@shared/model/spec'
import { levelOfKey } from './agile-switches'

export class AgilePolicy {
  /** To be nested, whether a switch leads to them now or is yet to be made. */
  private nested = new Set<number>()
  /** Nested tables, and those below them, that were written since the last look. */
  private written = new Set<number>()
  /** Exits for tables that are shadowed since the last look. */
  private readonly exits = new Map<number, number>()

  constructor(private readonly settings: LabSpec['agile']) {}

  private get isFixed(): boolean {
    return this.settings.nestedLevels >= 0
  }

  /** A page whose leaf in the guest stands at `leafLevel` is reached through this table: it is to be nested. */
  wants(key: number, leafLevel: number): boolean {
    const isWithin = levelOfKey(key) < leafLevel + this.settings.nestedLevels
    if (this.isFixed && isWithin) this.nested.add(key)
    return this.nested.has(key)
  }

  /** A shadowed table cost an exit; true when that makes it nested. */
  exited(key: number): boolean {
    if (this.isFixed) return false
    const exits = (this.exits.get(key) ?? 0) + 1
    this.exits.set(key, exits)
    if (exits < this.settings.writes) return false
    this.nested.add(key)
    this.written.add(key)
    return true
  }

  /** The guest writes a table that is nested, itself or below another. */
  wrote(key: number): void {
    if (!this.isFixed) this.written.add(key)
  }

  /** An interval is over: those that were written in it are nested during the next, and no others. */
  look(): void {
    this.nested = this.written
    this.written = new Set()
    this.exits.clear()
  }

  isNested(key: number): boolean {
    return this.nested.has(key)
  }
}
