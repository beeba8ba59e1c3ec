/** What a person does to run on hardware of their own. */
import { writeFile } from 'node:fs/promises'
import type { LabWindow } from '../components/lab-window'

export const EXAMPLE = 'docs/examples/large-llc.json'

export async function hardwareFile(path: string, text: string): Promise<string> {
  await writeFile(path, text)
  return path
}

/** By the keyboard: the last choice of the list opens the dialog for files. */
export async function chooseOwnHardware(lab: LabWindow, path: string | null): Promise<void> {
  const opening = lab.page.waitForEvent('filechooser')
  await lab.setUp.profile.focus()
  await lab.page.keyboard.press('End')
  const chooser = await opening
  if (path !== null) await chooser.setFiles([path])
}
