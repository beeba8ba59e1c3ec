/** What the window remembers of a person's choices. None of it changes a result. */
import { z } from 'zod'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** `reduced` whatever the system says. */
const MOTIONS = ['system', 'reduced'] as const

/** Percent. */
export const ZOOM_STEPS = [80, 90, 100, 110, 125, 150, 175, 200] as const

export const LONGEST_NAME = 60
export const MOST_PRESETS = 40

/** A set-up with a name: the input of a spec, own hardware with it where it has any. */
const ownPreset = z.strictObject({
  name: z.string().trim().min(1).max(LONGEST_NAME),
  spec: z.record(z.string(), z.unknown()),
  hardware: z.record(z.string(), z.unknown()).nullable()
})
export type OwnPreset = z.infer<typeof ownPreset>

const title = z.string().max(80)

export const settingsShape = {
  theme: z.enum(THEMES),
  motion: z.enum(MOTIONS),
  zoom: z.int().min(ZOOM_STEPS[0]).max(200),
  /** Commands of one character without a modifier are keys at all. */
  hasSingleKeys: z.boolean(),
  isSetupFolded: z.boolean(),
  /** Title of the chart whose table was open. */
  openTable: title.nullable(),
  presets: z.array(ownPreset).max(MOST_PRESETS),
  /** Names of what is offered once only, and was. */
  seen: z.array(z.string().max(40)).max(50)
}
const settingsSchema = z.strictObject(settingsShape)
export type Settings = z.infer<typeof settingsSchema>

/** Any part of the settings, as the window changes it. */
export const settingsChange = settingsSchema.partial()

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  motion: 'system',
  zoom: 100,
  hasSingleKeys: true,
  isSetupFolded: false,
  openTable: null,
  presets: [],
  seen: []
}

/** A file that was used, newest first. */
export interface RecentFile {
  readonly name: string
  /** Opens it; null where only its name is left and it has to be chosen again. */
  readonly token: string | null
}
