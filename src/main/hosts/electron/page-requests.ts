/** What the preload script may ask of the main process, and of which frame it is believed. */
import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { menusSchema } from '@shared/commands/menu-model'
import { DESKTOP_CHANNELS, type ImportOutcome } from '@shared/contract/desktop-bridge'
import { failureOf, logDefect, Refusal } from '../failed-call'
import { showAppMenu } from './app-menu'
import { isOurAddress } from './app-page'
import { choosePaths } from './dialogs'
import type { KnownFiles } from './known-files'
import type { LabPorts } from './lab-ports'

/** The main frame of our window, showing our page. */
function isTrusted(
  { sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent,
  window: BrowserWindow
): boolean {
  return (
    sender === window.webContents &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOurAddress(senderFrame.url)
  )
}

/** Errors lose their class on the way to the page; failures are plain data. */
async function outcomeOf(tokens: () => Promise<string[]> | string[]): Promise<ImportOutcome> {
  try {
    return { tokens: await tokens() }
  } catch (error) {
    logDefect(error)
    return { failure: failureOf(error) }
  }
}

/** Answers the page of this window until it is closed. */
export function answerPage(window: BrowserWindow, ports: LabPorts, files: KnownFiles): void {
  const answer = (channel: string, tokens: (argument: unknown) => Promise<string[]> | string[]): void =>
    ipcMain.handle(channel, (event, argument: unknown) => {
      if (!isTrusted(event, window)) throw new Refusal('only the lab’s own page may ask for this')
      return outcomeOf(() => tokens(argument))
    })
  const connect = (event: IpcMainEvent): void => {
    if (isTrusted(event, window) && event.ports.length === 1) ports.connect(event.ports[0])
  }
  const showMenus = (event: IpcMainEvent, menus: unknown): void => {
    const read = isTrusted(event, window) ? menusSchema.safeParse(menus) : null
    if (read?.success) showAppMenu(read.data, window)
  }
  ipcMain.on(DESKTOP_CHANNELS.connect, connect)
  ipcMain.on(DESKTOP_CHANNELS.menus, showMenus)
  answer(DESKTOP_CHANNELS.importFile, (path) => [files.add(path)])
  answer(DESKTOP_CHANNELS.chooseFiles, async () => (await choosePaths(window)).map((path) => files.add(path)))
  window.once('closed', () => {
    ports.close()
    ipcMain.off(DESKTOP_CHANNELS.connect, connect)
    ipcMain.off(DESKTOP_CHANNELS.menus, showMenus)
    ipcMain.removeHandler(DESKTOP_CHANNELS.importFile)
    ipcMain.removeHandler(DESKTOP_CHANNELS.chooseFiles)
  })
}
