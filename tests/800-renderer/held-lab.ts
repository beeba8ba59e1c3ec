/** Stores of the window over a lab of a few calls, whose answers wait where the test asks for that. */
import { createPinia, setActivePinia } from 'pinia'
import { createApp } from 'vue'
import type { LabClient } from '@renderer/api/lab-client'
import { provideLab } from '@renderer/composables/lab'

export class HeldLab {
  private waiting: (() => void)[] | null = null

  /** How many answers wait. */
  get held(): number {
    return this.waiting?.length ?? 0
  }

  /** From now on answers wait. */
  hold(): void {
    this.waiting = []
  }

  /** Gives the answers that wait; later ones do not. */
  release(order: 'as asked' | 'latest first' = 'as asked'): void {
    const waiting = this.waiting ?? []
    this.waiting = null
    const inOrder = order === 'as asked' ? waiting : waiting.toReversed()
    inOrder.forEach((give) => give())
  }

  protected async answer<T>(result: T): Promise<T> {
    if (this.waiting) await new Promise<void>((give) => this.waiting?.push(give))
    return result
  }

  on = (): (() => void) => () => undefined
  onConnection = this.on
}

/** What `make` builds over a lab, as the window would put it together, without a document. */
export function overLab<T>(lab: object, make: () => T): T {
  const app = createApp({})
  const pinia = createPinia()
  provideLab(app, lab as LabClient)
  app.use(pinia)
  setActivePinia(pinia)
  return app.runWithContext(make)
}
