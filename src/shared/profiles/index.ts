import type { HardwareProfile } from '../model/hardware-profile'
const fl = (a: number, b: number) => ({ '4K': { entries: a, ways: b }, '2M': { entries: 32, ways: 4 }, '1G': { entries: 4, ways: 4 } })
const wc = { level2: { entries: 32, ways: 4 }, level3: { entries: 4, ways: 4 }, level4: { entries: 4, ways: 4 }, level5: { entries: 4, ways: 4 } }
export const PROFILES: readonly HardwareProfile[] = [{ id: 'skylake', title: 's', summary: 's', sources: {}, hardware: {
  tlb: { instruction: fl(128, 8), data: fl(64, 4), shared: { '4K2M': { entries: 1536, ways: 12 }, '1G': { entries: 16, ways: 4 }, latencyCycles: 9 } },
  pwc: { guest: wc, host: wc, latencyCycles: 1 }, ntlb: { entries: 32, ways: 4, latencyCycles: 1 },
  cache: { l1i: { bytes: 32768, ways: 8, latencyCycles: 4 }, l1d: { bytes: 32768, ways: 8, latencyCycles: 4 }, l2: { bytes: 2 ** 20, ways: 16, latencyCycles: 14 }, llc: { bytes: 22 * 2 ** 20, ways: 11, latencyCycles: 54 }, memoryLatencyCycles: 200 } } }]
