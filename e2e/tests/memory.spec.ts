import { violations } from '../actions/accessibility'
import { expectState, setUp } from '../actions/experiment'
import { inEveryLook } from '../actions/looks'
import type { LabWindow } from '../components/lab-window'
import { expect, test } from '../fixtures/lab'

/** The smallest footprint whose table gets a TEA. */
async function lookAtMemory(lab: LabWindow, environment: 'Virtualized' | 'Nested' = 'Virtualized') {
  await setUp(lab, {
    environment,
    workload: 'Pointer chase',
    footprint: '64 MiB',
    lanes: ['Radix', 'pvDMT']
  })
  await lab.transport.stepInsideWalk.click()
  await expectState(lab, 'Paused')
  await lab.tabs.memory.click()
}

test.describe('Memory of a lane', () => {
  test('is one picture through all layers, and the same in tables', async ({ lab, page }) => {
    await lookAtMemory(lab, 'Nested')

    const register = lab.memory.band('L2').getByRole('button', { name: /^Register 0 of L2, covers/ })
    await register.press('Enter')
    await expect(register).toHaveAttribute('aria-pressed', 'true')
    await expect(lab.memory.details).toContainText('Entry of address a')
    await expect(lab.memory.band('L0').getByRole('button', { name: /^TEA 0 of L0/ })).toHaveClass(/lit/)

    await expect(lab.memory.areas.getByRole('row', { name: /^L2 .* 100\.0 %/ })).toHaveCount(1)
    await expect(lab.memory.registers.getByRole('row')).toHaveCount(1 + 3 * 16)
    await expect(lab.memory.teas.getByRole('row', { name: /^L0 / })).toHaveCount(1)
    await inEveryLook(page, async (look) => expect.soft(await violations(page), look).toEqual([]))

    await lab.memory.lane('A').click()
    await expect(lab.memory.teas).toContainText('no translation entry areas')
    await expect(lab.memory.band('L2')).toContainText('No TEA')
  })

  test('is read down to entries, frames and what the caches hold', async ({ lab, page }) => {
    await lookAtMemory(lab)

    await lab.memory
      .band('L1')
      .getByRole('button', { name: /^Slot .* show its table page$/ })
      .click()
    await expect(lab.memory.entryOf(1)).toHaveAttribute('aria-valuetext', /maps a page$/)
    const before = await lab.memory.address.inputValue()
    await lab.memory.entryOf(1).press('ArrowRight')
    await lab.memory.entryOf(1).press('Enter')
    await expect(lab.memory.address).not.toHaveValue(before)
    await expect(page.getByText(/^slot [\d,]+ of TEA 0$/)).toBeVisible()

    await lab.memory.section('Hardware').click()
    await expect(lab.memory.tlb.getByRole('row', { name: /Data TLB/ }).first()).toBeVisible()
    await lab.memory.filter.fill('nothing of this kind')
    await expect(lab.memory.tlb).toContainText('No valid entry matches the filter.')

    await lab.memory.section('Machine memory').click()
    await lab.memory.cell.press('ArrowRight')
    await expect(lab.memory.cell).toHaveAttribute('aria-valuetext', /^frames 0x[0-9a-f]+ to 0x[0-9a-f]+: /)
    await expect(lab.memory.owners.getByRole('row', { name: /^gTEA [1-9]/ })).toBeVisible()
    await lab.memory.fragmentation.fill('90')
    await expect(lab.memory.fragmentationSaid).toContainText('At 90')
    await lab.memory.useFragmentation.click()
    await inEveryLook(page, async (look) => expect.soft(await violations(page), look).toEqual([]))
    await lab.tabs.live.click()
    await expect(lab.setUp.fragmentation).toHaveValue('90')
  })

  test('is asked for between layers, and kept from another guest', async ({ lab, page }) => {
    await lookAtMemory(lab)
    await lab.memory.section('Cooperation').click()

    await lab.memory.requests
      .getByRole('button', { name: /^L1: .*granted/ })
      .first()
      .click()
    const first = page.getByRole('button', { name: /^Message 1 of \d+: L1 to L0/ })
    await first.focus()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('button', { name: /^Message 2 of / })).toBeFocused()

    await lab.memory.isolation.getByRole('button', { name: 'Its own area' }).click()
    await expect(lab.memory.isolation).toContainText('allowed')
    await lab.memory.isolation.getByRole('button', { name: 'Another guest’s area' }).click()
    await expect(lab.memory.isolation.getByText('refused', { exact: true })).toBeVisible()
    await expect(lab.memory.isolation).toContainText('None of L2’s own reads lies in another’s area')
    await inEveryLook(page, async (look) => expect.soft(await violations(page), look).toEqual([]))
  })
})
