/** Walk caches absent: every walk makes all of its references. */
export const NO_WALK_CACHES = {
  pwc: Object.fromEntries(
    ['guest', 'host'].map((side) => [
      side,
      Object.fromEntries([2, 3, 4, 5].map((level) => [`level${level}`, { entries: 0, ways: 1 }]))
    ])
  ),
  ntlb: { entries: 0, ways: 1 }
}
