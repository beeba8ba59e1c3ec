/** Builds the window over a client: the real one in main.ts, a fake one where the window is tried by itself. */
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/slider.css'
import App from './App.vue'
import type { LabClient } from './api/lab-client'
import { provideLab } from './composables/lab'
import { useCatalogueStore } from './stores/catalogue'
import { useNoticesStore } from './stores/notices'
import { useRecentStore } from './stores/recent'
import { useSettingsStore } from './stores/settings'
import { useSetupStore } from './stores/setup'

export async function mountWindow(client: LabClient, root: string): Promise<void> {
  const app = createApp(App)
  const pinia = createPinia()
  provideLab(app, client)
  app.use(pinia)
  await useNoticesStore(pinia).attempt('The lab did not answer', async () => {
    await Promise.all([useSettingsStore(pinia).load(), useCatalogueStore(pinia).load()])
    await useSetupStore(pinia).load()
  })
  void useRecentStore(pinia)
    .load()
    .catch(() => undefined)
  // Nothing can be pressed before there is a set-up to press it for.
  app.mount(root)
}
