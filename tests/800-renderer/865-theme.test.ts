import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isDarkTheme, themeAfter } from '@renderer/composables/theme'
import { THEMES } from '@shared/model/settings'

const anyTheme = fc.constantFrom(...THEMES)

describe('the button of the theme', () => {
  it('changes what is seen at every press', () => {
    fc.assert(
      fc.property(anyTheme, fc.boolean(), (theme, isSystemDark) => {
        const after = themeAfter(theme, isSystemDark)
        expect(isDarkTheme(after, isSystemDark)).toBe(!isDarkTheme(theme, isSystemDark))
      })
    )
  })

  it('comes to that of the system in two presses at most', () => {
    fc.assert(
      fc.property(anyTheme, fc.boolean(), (theme, isSystemDark) => {
        const once = themeAfter(theme, isSystemDark)
        expect([once, themeAfter(once, isSystemDark)]).toContain('system')
      })
    )
  })
})
