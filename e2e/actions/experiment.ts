/** What a person does with an experiment: set it up, start it, stop it, wait for its end. */
import { expect } from '@playwright/test'
import type { LabWindow } from '../components/lab-window'

export interface Experiment {
  readonly environment?: 'Native' | 'Virtualized' | 'Nested'
  readonly workload?: string
  readonly footprint?: string
  readonly references?: string
  /** Designs of lanes A and B as their pickers name them. */
  readonly lanes?: readonly [string, string]
  readonly speed?: string
}

/** Built at once, and so slow that a story acts while it runs. */
export const SMALL: Experiment = {
  workload: 'Pointer chase',
  footprint: '64 MiB',
  references: '1M',
  speed: '1 k/s'
}

type RunState = 'Ready' | 'Running' | 'Paused' | 'Finished' | 'Failed'

export async function expectState(lab: LabWindow, state: RunState): Promise<void> {
  await expect(lab.transport.runState).toHaveText(state)
}

export async function enterFootprint(lab: LabWindow, text: string): Promise<void> {
  await lab.setUp.footprint.fill(text)
  await lab.setUp.footprint.press('Enter')
}

export async function enterReferences(lab: LabWindow, text: string): Promise<void> {
  await lab.setUp.references.fill(text)
  await lab.setUp.references.press('Enter')
}

export async function setUp(lab: LabWindow, experiment: Experiment): Promise<void> {
  const { environment, workload, footprint, references, lanes, speed } = experiment
  if (environment) await lab.setUp.environment.selectOption({ label: environment })
  if (workload) await lab.setUp.workload.selectOption({ label: workload })
  if (footprint) await enterFootprint(lab, footprint)
  if (references) await enterReferences(lab, references)
  if (lanes) await chooseDesigns(lab, lanes)
  if (speed) await lab.transport.speed.selectOption({ label: speed })
}

async function chooseDesigns(lab: LabWindow, [a, b]: readonly [string, string]): Promise<void> {
  await lab.laneA.design.selectOption({ label: a })
  await lab.laneB.design.selectOption({ label: b })
}

/** Waits until references go by, not only until the button was pressed. */
export async function run(lab: LabWindow): Promise<void> {
  await lab.transport.run.click()
  await expectState(lab, 'Running')
  await expect(lab.laneB.value('Walks')).toHaveText(/\d/)
}

export async function pause(lab: LabWindow): Promise<void> {
  await lab.transport.pause.click()
  await expectState(lab, 'Paused')
}

/** A whole run takes as long as the machine has other work; how long is not what a story is about. */
const LONGEST_RUN = { timeout: 30_000 }

export async function runToTheEnd(lab: LabWindow): Promise<void> {
  await lab.transport.run.click()
  await expect(lab.transport.runState).toHaveText('Finished', LONGEST_RUN)
}
