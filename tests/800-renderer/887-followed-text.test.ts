/** A field for an address that follows the run, and what somebody writes in it. */
import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { useFollowedText } from '@renderer/composables/followed-text'

function aField() {
  const shown = ref('0x1000')
  const field = effectScope().run(() => useFollowedText(() => shown.value))!
  const show = async (address: string): Promise<void> => {
    shown.value = address
    await nextTick()
  }
  return { ...field, show }
}

describe('a field that follows what is shown', () => {
  it('says what is shown', async () => {
    const { typed, show } = aField()
    expect(typed.value).toBe('0x1000')
    await show('0x2000')
    expect(typed.value).toBe('0x2000')
  })

  it('keeps still while somebody is in it, and goes on when they leave it as it was', async () => {
    const { typed, show, hold, leave } = aField()
    hold()
    await show('0x2000')
    expect(typed.value).toBe('0x1000')
    leave()
    expect(typed.value).toBe('0x2000')
  })

  it('keeps what was written until it is taken, on the way to the button too', async () => {
    const { typed, show, hold, leave, settle } = aField()
    hold()
    typed.value = '7F00'
    await show('0x2000')
    leave()
    await show('0x3000')
    expect(typed.value).toBe('7F00')
    settle()
    expect(typed.value).toBe('7F00')
    await show('0x7f00')
    expect(typed.value).toBe('0x7f00')
  })
})
