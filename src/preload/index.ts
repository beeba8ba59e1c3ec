/** The only thing of Electron that the page sees: a handful of functions. Paths of files stay on this side. */
import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron'
import { DESKTOP_CHANNELS, PORT_HANDED_OVER, type DesktopBridge } from '@shared/contract/desktop-bridge'

/** Of the page's window no more than this is needed. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: unknown, targetOrigin: string, transfer: readonly object[]): void
}

/** What has no path (a file that a script made) is left to the main process to refuse. */
const pathOf = (file: unknown): string => (file instanceof File ? webUtils.getPathForFile(file) : '')

const bridge: DesktopBridge = {
  kind: 'electron',
  connect: () => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(DESKTOP_CHANNELS.connect, null, [port1])
    window.postMessage(PORT_HANDED_OVER, window.location.origin, [port2])
  },
  importFile: (file) => ipcRenderer.invoke(DESKTOP_CHANNELS.importFile, pathOf(file)),
  chooseFiles: () => ipcRenderer.invoke(DESKTOP_CHANNELS.chooseFiles),
  showMenus: (menus) => ipcRenderer.send(DESKTOP_CHANNELS.menus, menus),
  onCommand: (listener) => {
    ipcRenderer.on(DESKTOP_CHANNELS.command, (_event, id: string) => listener(id))
  },
  setZoom: (factor) => webFrame.setZoomFactor(factor)
}

contextBridge.exposeInMainWorld('labHost', bridge)
