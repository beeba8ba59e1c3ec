/** Page sizes of x86-64 and the level of the table that holds their leaf entries. */

export const PAGE_SIZES = ['4K', '2M', '1G'] as const
export type PageSize = (typeof PAGE_SIZES)[number]

/** Policy of one layer: a fixed size wherever alignment allows it, or `thp` (2M at fault time when possible). */
export const PAGE_POLICIES = ['4K', '2M', '1G', 'thp'] as const
export type PagePolicy = (typeof PAGE_POLICIES)[number]

export const LEAF_LEVEL: Record<PageSize, 1 | 2 | 3> = { '4K': 1, '2M': 2, '1G': 3 }
export const SIZE_AT_LEVEL = [undefined, '4K', '2M', '1G'] as const
export const PAGES_IN: Record<PageSize, number> = { '4K': 1, '2M': 512, '1G': 512 * 512 }
export const BYTES_IN: Record<PageSize, number> = { '4K': 4096, '2M': 2 ** 21, '1G': 2 ** 30 }
export const SIZE_TITLE: Record<PagePolicy, string> = {
  '4K': '4 KiB',
  '2M': '2 MiB',
  '1G': '1 GiB',
  thp: 'THP'
}
