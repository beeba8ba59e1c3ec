/**
 * The steps of the call for machine-contiguous frames, in order. From L1 the steps between L2 and L1 fall away.
 *
 *   call             the guest's VMCALL exits to L0
 *   reflect          L0 hands L2's exit to L1, which asks L0 by a call of its own and names L2 in it
 *   reserve-windows  each hypervisor sets aside a range of its guest's physical space
 *   allocate         L0 takes contiguous machine frames
 *   map-l1-window    L0 maps L1's range to them
 *   grant            L0 enters them in the gTEA table for L1's VM
 *   map-l2-window    L1 maps L2's range to its own
 *   delegate         L0 enters the same frames for L2's VM, which L1's call named: no exit for it
 *   resume           L1's VMRESUME exits to L0, which enters L2; or L0 enters L1
 */
export const STEPS = [
  'call',
  'reflect',
  'reserve-windows',
  'allocate',
  'map-l1-window',
  'grant',
  'map-l2-window',
  'delegate',
  'resume'
] as const
export type Step = (typeof STEPS)[number]

const NESTED_ONLY: readonly Step[] = ['reflect', 'map-l2-window', 'delegate']

/** The steps of a call from layer `asker`. */
export const stepsFrom = (asker: number): readonly Step[] =>
  asker === 1 ? STEPS.filter((step) => !NESTED_ONLY.includes(step)) : STEPS
