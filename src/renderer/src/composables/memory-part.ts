/** What every part of the picture does: pointing at it lights up what hangs together with it, a click keeps that. */
import { partKey, type Part } from '@renderer/memory/parts'
import { useMemoryStore } from '@renderer/stores/memory'

export function usePartBinding(): (part: Part) => Record<string, unknown> {
  const memory = useMemoryStore()
  return (part) => ({
    type: 'button',
    'data-part': partKey(part),
    'aria-pressed': memory.isSelected(part),
    class: { lit: memory.isLit(part), kept: memory.isSelected(part) },
    onMouseenter: () => memory.point(part),
    onMouseleave: () => memory.point(null),
    onFocus: () => memory.point(part),
    onBlur: () => memory.point(null),
    onClick: () => memory.select(part)
  })
}
