/**
 * The lab as the window sees it: the same in the desktop app and in the browser. The files of this folder are
 * the only ones that know which of the two it is.
 */
import type { DesktopBridge } from '@shared/contract/desktop-bridge'
import type { EventName, ExportOutcome, LabCalls, LabEvents } from '@shared/contract/lab-contract'

/** `reconnecting`: calls made now are refused with one line; `closed`: the lab has gone and will not come back. */
export type ConnectionState = 'connected' | 'reconnecting' | 'closed'

/** What only the desktop app has around the page. */
export type DesktopFrame = Pick<DesktopBridge, 'showMenus' | 'onCommand' | 'setZoom'>

export interface LabClient {
  /** Null in a browser: the window then draws its own menus and zooms by itself. */
  readonly desktop: DesktopFrame | null
  readonly kind: 'electron' | 'web'
  /** Every call of the contract. A rejected promise carries a LabError whose message is fit to be shown. */
  readonly calls: LabCalls
  /** Returns its own undo. Subscriptions outlive a reconnection. */
  on<Name extends EventName>(event: Name, listener: LabEvents[Name]): () => void
  /** Calls the listener at once with the present state, then at each change. Returns its own undo. */
  onConnection(listener: (state: ConnectionState) => void): () => void
  /** Hands dropped or chosen files to the lab. One token for each file, in order, for the calls that describe. */
  importFiles(files: readonly File[]): Promise<string[]>
  /** Lets the person choose files; no tokens when they change their mind. */
  chooseFiles(): Promise<string[]>
  /** Carries out what `report/export` asks for. Where the report is now, or null when it was cancelled. */
  saveExport(outcome: ExportOutcome): Promise<string | null>
  /** Hands a picture over, a PNG. Its name, or null where the host asks the person what becomes of it. */
  savePicture(name: string, picture: Blob): Promise<string | null>
}
