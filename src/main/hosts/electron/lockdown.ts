/** What no page may do here, whatever script it runs. */
import { join } from 'node:path'
import { app, session, type DownloadItem, type Event, type Session, type WebContents } from 'electron'
import { isOurAddress } from './app-page'

/** The page never leaves its own address, opens no window and holds no other page. */
function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurAddress(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}

/** A picture that our page has drawn: a file of its own making, which comes from nowhere else. */
const isOwnPicture = (item: DownloadItem): boolean => {
  const [, address] = /^blob:(.*)$/.exec(item.getURL()) ?? []
  return address !== undefined && isOurAddress(address) && item.getMimeType() === 'image/png'
}

/** The person says where a picture goes, or that it does not; nothing else is downloaded. */
function download(event: Pick<Event, 'preventDefault'>, item: DownloadItem): void {
  if (!isOwnPicture(item)) return event.preventDefault()
  item.setSaveDialogOptions({
    title: 'Save picture',
    buttonLabel: 'Save',
    defaultPath: join(app.getPath('documents'), item.getFilename())
  })
}

/** No camera, no location, no devices, no downloads but of own pictures: the lab needs none of them. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, grant) => grant(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', download)
}

/** To be called when the app is ready and before the first window. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents))
  denyPermissions(session.defaultSession)
}
