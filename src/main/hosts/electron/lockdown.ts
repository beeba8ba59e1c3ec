/** What no page may do here, whatever script it runs. */
import { app, session, type Session, type WebContents } from 'electron'
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

/** No camera, no location, no devices, no downloads: the lab needs none of them. */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, grant) => grant(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** To be called when the app is ready and before the first window. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents))
  denyPermissions(session.defaultSession)
}
