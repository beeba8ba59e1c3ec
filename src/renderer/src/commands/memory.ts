/** Commands of the Memory view: its parts. */
import { inView, type Binding, type Bindings } from './binding'
import { useMemoryStore, type Section } from '@renderer/stores/memory'
import { useViewStore } from '@renderer/stores/view'

export function memoryCommands(): Bindings<'Memory'> {
  const view = useViewStore()
  const memory = useMemoryStore()
  const section = (name: Section): Binding => ({
    run: inView(view, 'Memory', () => (memory.section = name)),
    isOn: () => view.tab === 'Memory' && memory.section === name
  })

  return {
    'memory.picture': section('Picture'),
    'memory.paths': section('Page tables'),
    'memory.machine': section('Machine memory'),
    'memory.hardware': section('Hardware'),
    'memory.calls': section('Cooperation')
  }
}
