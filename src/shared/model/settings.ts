/** What the window remembers of a person's choices. None of it changes a result. */
import { z } from 'zod'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** `reduced` whatever the system says. */
const MOTIONS = ['system', 'reduced'] as const

/** Percent. */
export const ZOOM_STEPS = [80, 90, 100, 110, 125, 150, 175, 200] as const

/** What the Live view shows. */
export const LIVE_PAGES = ['Charts', 'Walks', 'Results'] as const

/** `none`: a point's own window; `run`: everything since the warm-up; else that many references back. */
export const SMOOTHINGS = ['none', 10_000, 100_000, 1_000_000, 'run'] as const

/** What Comparison is over: everything since the warm-up, or the last references. */
export const COMPARED = ['warm-up', 'last'] as const
export type Compared = (typeof COMPARED)[number]

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

/** Panes beside the view: the set-up, and the reading panels of Live, Walk and Memory. */
const PANES = ['setup', 'reading', 'walk', 'memory'] as const
export type Pane = (typeof PANES)[number]

/** CSS pixels. */
export const NARROWEST_PANE = 240
export const WIDEST_PANE = 640

const paneWidths = z.partialRecord(z.enum(PANES), z.int().min(NARROWEST_PANE).max(WIDEST_PANE))
export type PaneWidths = z.infer<typeof paneWidths>

export const settingsShape = {
  theme: z.enum(THEMES),
  motion: z.enum(MOTIONS),
  zoom: z.int().min(ZOOM_STEPS[0]).max(200),
  /** Commands of one character without a modifier are keys at all. */
  hasSingleKeys: z.boolean(),
  isSetupFolded: z.boolean(),
  /** Of panes that a person gave another width, CSS pixels. */
  panes: paneWidths,
  /** Title of the chart whose table was open. */
  openTable: title.nullable(),
  livePage: z.enum(LIVE_PAGES),
  smoothing: z.literal(SMOOTHINGS),
  /** Titles of the measures that the charts show, from the top; none as at the first start. */
  charts: z.array(title).max(8),
  compared: z.enum(COMPARED),
  presets: z.array(ownPreset).max(MOST_PRESETS),
  /** Names of what is offered once only, and was. */
  seen: z.array(z.string().max(40)).max(50)
}
const settingsSchema = z.strictObject(settingsShape)
export type Settings = z.infer<typeof settingsSchema>

/** Any part of the settings, as the window changes it. */
export const settingsChange = settingsSchema.partial()

/** Where things stand and what is shown of them: what "Reset layout" brings back. */
export const FIRST_LAYOUT: Omit<Settings, 'theme' | 'motion' | 'hasSingleKeys' | 'presets' | 'seen'> = {
  zoom: 100,
  isSetupFolded: false,
  panes: {},
  openTable: null,
  livePage: 'Charts',
  smoothing: 'none',
  charts: [],
  compared: 'warm-up'
}

export const DEFAULT_SETTINGS: Settings = {
  ...FIRST_LAYOUT,
  theme: 'system',
  motion: 'system',
  hasSingleKeys: true,
  presets: [],
  seen: []
}

/** A file that was used, newest first. */
export interface RecentFile {
  readonly name: string
  /** Opens it; null where only its name is left and it has to be chosen again. */
  readonly token: string | null
}
