/** What axe-core says about the window as it is. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { inEveryLook } from './looks'

/** One line for each violation: the rule, what is wrong, where. A part of the page is named by a selector. */
export async function violations(page: Page, part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  const { violations: found } = await (part === undefined ? axe : axe.include(part)).analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`)
  )
}

export async function expectNoViolation(page: Page): Promise<void> {
  await inEveryLook(page, async (look) => expect.soft(await violations(page), look).toEqual([]))
}
