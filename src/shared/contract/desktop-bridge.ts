/** What the preload script gives the window in the desktop app; absent in a browser. */
import type { MenuModel } from '../commands/menu-model'
import type { Failure } from './failure'

/** Tokens of files that were taken in, or why they were not. */
export type ImportOutcome = { readonly tokens: string[] } | { readonly failure: Failure }

/** Said with the port that `connect` asks for, because a port cannot pass the bridge itself. */
export const PORT_HANDED_OVER = 'lab/port'

export interface DesktopBridge {
  readonly kind: 'electron'
  /** A port to a fresh lab arrives as a message to the window, PORT_HANDED_OVER; the lab before it is closed. */
  connect(): void
  /** The file's path goes to the main process and is not shown to the page. */
  importFile(file: unknown): Promise<ImportOutcome>
  chooseFiles(): Promise<ImportOutcome>
  /** The desktop's own menus show these from now on. */
  showMenus(menus: readonly MenuModel[]): void
  /** Hears of items that were chosen there, by their ids. */
  onCommand(listener: (id: string) => void): void
  /** 1 is the actual size. */
  setZoom(factor: number): void
}

/** Channels between the preload script and the main process. */
export const DESKTOP_CHANNELS = {
  connect: 'lab/connect',
  importFile: 'lab/import',
  chooseFiles: 'lab/choose',
  menus: 'lab/menus',
  command: 'lab/command'
} as const
