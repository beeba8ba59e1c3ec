/** A chart's picture as a person gets it: a file among the downloads, looked at as pixels. */
import { readFile } from 'node:fs/promises'
import type { LabWindow } from '../components/lab-window'

export interface SavedPicture {
  readonly name: string
  readonly width: number
  readonly height: number
  /** Different ones. */
  readonly colours: number
  /** Of the first pixel, as `rgb(...)`, and of the panels on the screen. */
  readonly ground: string
  readonly panel: string
  /** Pixels beside the words and the drawing, left of all, that are not of the ground. */
  readonly inMargin: number
}

/** Runs in the page, which decodes the file as it would any other. */
const LOOK = `async (base64) => {
  const MARGIN = 32
  const image = new Image()
  image.src = 'data:image/png;base64,' + base64
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const pixels = context.getImageData(0, 0, image.width, image.height).data
  const ground = 'rgb(' + pixels.slice(0, 3).join(', ') + ')'
  const all = new Uint32Array(pixels.buffer)
  const colours = new Set(all).size
  const inMargin = all.filter((pixel, i) => i % image.width < MARGIN && pixel !== all[0]).length
  const { backgroundColor: panel } = getComputedStyle(document.querySelector('footer.status'))
  return { width: image.width, height: image.height, colours, ground, panel, inMargin }
}`

export async function savedPicture(lab: LabWindow, ask: () => Promise<void>): Promise<SavedPicture> {
  const downloading = lab.page.waitForEvent('download')
  await ask()
  const download = await downloading
  const base64 = await readFile(await download.path(), 'base64')
  const seen = await lab.page.evaluate<Omit<SavedPicture, 'name'>>(`(${LOOK})(${JSON.stringify(base64)})`)
  return { name: download.suggestedFilename(), ...seen }
}
