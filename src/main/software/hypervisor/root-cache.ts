/**
 * Guest roots whose shadows are kept ready: loading one of them is no exit. KVM keeps the current root and three
 * before it (Linux, KVM_MMU_NUM_PREV_ROOTS); VMX compares CR3 with up to four values before it exits (Intel SDM vol.
 * 3C, 24.6.7, CR3-target controls).
 */
export class RootCache<Root> {
  /** Latest first. */
  private roots: Root[] = []

  constructor(private readonly size: number) {}

  /** Whether the root was kept; it is now the latest. */
  load(root: Root): boolean {
    const wasKept = this.roots.includes(root)
    this.roots = [root, ...this.roots.filter((one) => one !== root)].slice(0, this.size)
    return wasKept
  }

  forget(root: Root): void {
    this.roots = this.roots.filter((one) => one !== root)
  }
}
