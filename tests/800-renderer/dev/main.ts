/** The window over the fake lab, for looking at it without an engine: `npx vite --config tests/800-renderer/dev/vite.config.ts`. */
import { mountWindow } from '@renderer/mount'
import { FakeLab } from '../../builders/fake-lab'

declare global {
  interface Window {
    fakeLab: FakeLab
  }
}

const lab = new FakeLab()
window.fakeLab = lab
setInterval(() => {
  if (lab.state === 'running') lab.advance(97_000, 4)
}, 50)
void mountWindow(lab, '#app')
