/** One lab for the page of a window; a page that connects anew gets a fresh one. */
import type { MessagePortMain } from 'electron'
import type { Lab } from '@main/lab/ports'
import { bindLab } from '../bind'
import { logDefect } from '../failed-call'

export class LabPorts {
  private endCurrent = (): void => undefined

  constructor(private readonly newLab: () => Lab) {}

  connect(port: MessagePortMain): void {
    this.close()
    const lab = this.newLab()
    const unbind = bindLab(lab, {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data))
    })
    let isOpen = true
    const end = (): void => {
      if (!isOpen) return
      isOpen = false
      unbind()
      port.close()
      lab.close().catch(logDefect)
    }
    this.endCurrent = end
    port.on('close', end)
    port.start()
  }

  close(): void {
    this.endCurrent()
  }
}
