/** What a person does with files: choose them, drop them, take the preview for granted or not. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { expect } from '@playwright/test'
import type { LabWindow } from '../components/lab-window'

export async function chooseFiles(lab: LabWindow, files: readonly string[]): Promise<void> {
  const opening = lab.page.waitForEvent('filechooser')
  await lab.setUp.importTrace.click()
  const chooser = await opening
  await chooser.setFiles([...files])
}

interface DroppedFile {
  readonly name: string
  readonly base64: string
}

/** Runs in the page, whose types the stories do not know. */
const MAKE_TRANSFER = `(files) => {
  const transfer = new DataTransfer()
  for (const { name, base64 } of files) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    transfer.items.add(new File([bytes], name))
  }
  return transfer
}`

/** As the browser tells a page of it: files hang over the window, then they are let go. */
export async function dropFiles(lab: LabWindow, paths: readonly string[]): Promise<void> {
  const files = await Promise.all(
    paths.map(async (path): Promise<DroppedFile> => {
      return { name: basename(path), base64: await readFile(path, 'base64') }
    })
  )
  const dataTransfer = await lab.page.evaluateHandle<unknown>(`(${MAKE_TRANSFER})(${JSON.stringify(files)})`)
  const target = lab.page.getByRole('main')
  await target.dispatchEvent('dragover', { dataTransfer })
  await target.dispatchEvent('drop', { dataTransfer })
}

export async function usePreviewedTrace(lab: LabWindow): Promise<void> {
  await lab.tracePreview.use.click()
  await expect(lab.tracePreview.dialog).toBeHidden()
}

/** Page faults as `perf script` prints them, each of a page of its own. */
export async function perfSamples(path: string): Promise<string> {
  const line = (i: number): string =>
    `ls 23509/23509  1251.${136_519 + i}: page-faults: ${(0x5631_2e56_35c0 + 4096 * i).toString(16)} ffffffff8175016a`
  await writeFile(path, Array.from({ length: 40 }, (_, i) => `${line(i)}\n`).join(''))
  return path
}
