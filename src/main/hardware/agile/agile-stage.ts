/**
 * Agile paging (Gandhi et al., ISCA 2016): a walk begins in the shadow of a process and goes on, from an entry with the
 * switching bit, in the guest's own table over the host's. Such an entry names the machine frame of the guest's table
 * page, so the first table after the switch needs no walk of the host. Where the root itself is switched, hardware has
 * the machine frame of the guest's root beside its shadow's (two root registers), and begins there.
 *
 * One page-walk cache keeps tables of both kinds, and with each entry of which kind it is.
 */
import type { Context } from '@shared/arch/context'
import { SHADOW_SWITCH, WRITABLE, entryFrame } from '@shared/arch/entry'
import { GUEST_TABLE } from '../pwc/page-walk-cache'
import { RadixStage, type RadixStageParts } from '../walker/radix-stage'
import type { TranslationState } from '../walker/translation-state'

/** What is loaded beside the root of the shadow. */
interface SwitchedRoot {
  /** Machine frame of the guest's root where the whole walk is nested; else -1. */
  readonly nestedRoot: number
}

/** @throws when what is loaded is of another design */
function switchedRoot({ own }: TranslationState): SwitchedRoot {
  if (own === null || !('nestedRoot' in own)) throw new Error('AgileStage: no switched root is loaded')
  return own as SwitchedRoot
}

export class AgileStage extends RadixStage {
  /** @param guest the walker of the guest's table over the host's, with the same page-walk cache */
  constructor(
    parts: RadixStageParts,
    private readonly loaded: TranslationState,
    private readonly guest: RadixStage
  ) {
    super(parts)
  }

  override translate(high: number, low: number, access: number): number {
    const { pwc, guest, loaded } = this
    const context: Context = loaded.context
    const hit = pwc === null ? 0 : pwc.deepest(high, low, context)
    if (hit > 0) {
      const stage = pwc !== null && (pwc.permissions & GUEST_TABLE) !== 0 ? guest : this
      return stage.walkCached(high, low, access, hit)
    }
    const { nestedRoot } = switchedRoot(loaded)
    if (nestedRoot >= 0) return guest.walkFrom(high, low, access, this.levels, -1, nestedRoot, -1, 0)
    return this.walkFrom(high, low, access, this.levels, loaded.root, -1, -1, 0)
  }

  /** Where the shadow ends: at a page, or at a switch. */
  protected override leaf(
    high: number,
    low: number,
    level: number,
    machine: number,
    index: number,
    entryLowWord: number,
    entryHighWord: number,
    access: number
  ): number {
    if ((entryLowWord & SHADOW_SWITCH) === 0)
      return super.leaf(high, low, level, machine, index, entryLowWord, entryHighWord, access)
    const table = entryFrame(entryLowWord, entryHighWord)
    const permissions = (entryLowWord & WRITABLE) | (entryHighWord >>> 31) | GUEST_TABLE
    this.pwc?.fill(level, high, low, this.loaded.context, table, permissions)
    return this.guest.walkFrom(high, low, access, level - 1, -1, table, entryLowWord, entryHighWord)
  }
}
