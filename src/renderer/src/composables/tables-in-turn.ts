/**
 * Which scene the table of each chart shows. The open one is as new as can be read; those that only assistive
 * technology finds are brought up to date one after the other, so that no frame pays for all of them.
 */
import { onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Scene } from '@renderer/charts/scene'

/** From one table to the next, in ms. */
const TURN_MS = 150

/**
 * @param latest scene for tables, changed at most about once a second while a run goes on
 * @param count of tables
 * @param open index of the one that is open, -1 for none
 * @param isCalm nothing runs: all may change at once
 */
export function useTablesInTurn(
  latest: ShallowRef<Scene | null>,
  count: () => number,
  open: () => number,
  isCalm: () => boolean
): Ref<readonly (Scene | null)[]> {
  const tables = shallowRef<readonly (Scene | null)[]>([])
  let waiting: number[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const places = (): number[] => Array.from({ length: count() }, (_, i) => i)
  const show = (which: readonly number[]): void =>
    void (tables.value = places().map((i) => (which.includes(i) ? latest.value : (tables.value[i] ?? null))))

  function nextTurn(): void {
    const next = waiting.shift()
    timer = waiting.length > 0 ? setTimeout(nextTurn, TURN_MS) : undefined
    if (next !== undefined) show([next])
  }

  function refresh(): void {
    const isFirst = tables.value.length !== count()
    if (isCalm() || isFirst) {
      waiting = []
      return show(places())
    }
    show([open()])
    waiting = places().filter((i) => i !== open())
    timer ??= setTimeout(nextTurn, TURN_MS)
  }

  watch([latest, count, open], refresh, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return tables
}
