/** The lab's client for stores and components; main.ts provides it, tests provide a fake. */
import { inject, type App, type InjectionKey } from 'vue'
import type { LabClient } from '@renderer/api/lab-client'

const LAB: InjectionKey<LabClient> = Symbol('lab')

export const provideLab = (app: App, client: LabClient): void => void app.provide(LAB, client)

/** For the set-up of a store or a component. Throws when main.ts has not provided the client. */
export function useLab(): LabClient {
  const client = inject(LAB)
  if (!client) throw new Error('no lab client was provided to this application')
  return client
}
