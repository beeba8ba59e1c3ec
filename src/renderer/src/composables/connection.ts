/** Whether the lab can be reached, as reactive state. */
import { onScopeDispose, ref, type Ref } from 'vue'
import type { ConnectionState } from '@renderer/api/lab-client'
import { useLab } from './lab'

export function useConnection(): Ref<ConnectionState> {
  const state = ref<ConnectionState>('connected')
  onScopeDispose(useLab().onConnection((next) => void (state.value = next)))
  return state
}
