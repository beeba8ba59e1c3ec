import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleBounds, type Rectangle } from '@main/hosts/electron/visible-bounds'

const rectangle = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: fc.integer({ min: 1, max: 4000 }),
  height: fc.integer({ min: 1, max: 4000 })
})
const holds = (area: Rectangle, window: Rectangle): boolean =>
  window.x >= area.x &&
  window.y >= area.y &&
  window.x + window.width <= area.x + area.width &&
  window.y + window.height <= area.y + area.height

describe('where a window opens again', () => {
  it('lies within one display, or is left to the system', () => {
    fc.assert(
      fc.property(rectangle, fc.array(rectangle, { maxLength: 3 }), (wanted, areas) => {
        const placed = visibleBounds(wanted, areas)
        if (placed) expect(areas.some((area) => holds(area, placed))).toBe(true)
      })
    )
  })

  it('is where it was, where that can be seen', () => {
    fc.assert(
      fc.property(rectangle, fc.array(rectangle, { maxLength: 2 }), (wanted, others) => {
        expect(visibleBounds(wanted, [wanted, ...others])).toEqual(wanted)
      })
    )
  })

  it('is left to the system when its display has gone, or it was never open', () => {
    const area = { x: 0, y: 0, width: 1920, height: 1080 }
    expect(visibleBounds({ x: 1920, y: 0, width: 800, height: 600 }, [area])).toBeUndefined()
    expect(visibleBounds(null, [area])).toBeUndefined()
    expect(visibleBounds(area, [])).toBeUndefined()
  })
})
