/** What axe-core says about the window as it is. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { inEveryLook } from './looks'

/** What passes is not described, and styles of other origins, of which there are none, are not fetched. */
const ONLY_VIOLATIONS = { resultTypes: ['violations' as const], preload: false }

/** One line for each violation: the rule, what is wrong, where; in parts named by selectors, or everywhere. */
export async function violations(page: Page, ...parts: readonly string[]): Promise<string[]> {
  // The window has no frames, so axe need not gather their results in a page of its own each time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options(ONLY_VIOLATIONS)
  for (const part of parts) axe.include(part)
  // Tables that only assistive technology finds have hundreds of rows, all alike.
  axe.exclude('.sr tbody tr:nth-child(n+4)')
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`)
  )
}

export async function expectNoViolation(page: Page): Promise<void> {
  await inEveryLook(page, async (look) => expect.soft(await violations(page), look).toEqual([]))
}
