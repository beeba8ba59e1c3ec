/** The switches of a lab as commands, by the names and with the reasons that they have in the window. */
import type { CommandId } from '@shared/commands/table'
import type { Binding } from './binding'
import { useCooperation } from '@renderer/composables/cooperation'
import { useLane } from '@renderer/composables/lane'
import { useLanesStore } from '@renderer/stores/lanes'

type SwitchId = Extract<CommandId, `switch.${string}`>

export function switchCommands(): Record<SwitchId, Binding> {
  const lanes = useLanesStore()
  const cooperation = useCooperation()

  const dmtOf = (lane: number): Binding => {
    const { isOn, switchBlocked, setDmt } = useLane(lane)
    return {
      run: () => setDmt(!isOn.value),
      blocked: () => switchBlocked.value,
      isOn: () => isOn.value,
      isAbsent: () => lane >= lanes.placed
    }
  }

  return {
    'switch.a': dmtOf(0),
    'switch.b': dmtOf(1),
    'switch.c': dmtOf(2),
    'switch.d': dmtOf(3),
    'switch.cooperation': {
      run: () => cooperation.set(!cooperation.isOn.value),
      blocked: () => cooperation.blocked.value,
      isOn: () => cooperation.isOn.value
    }
  }
}
