/** What axe-core says about the window as it is. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { inEveryLook } from './looks'

/** One line for each violation: the rule, what is wrong, where. */
export async function violations(page: Page): Promise<string[]> {
  // The window has no frames, so axe need not gather their results in a page of its own each time.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`)
  )
}

export async function expectNoViolation(page: Page): Promise<void> {
  await inEveryLook(page, async (look) => expect.soft(await violations(page), look).toEqual([]))
}
