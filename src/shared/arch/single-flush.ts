/**
 * Linux invalidates so many pages one by one (INVLPG); for more it flushes all of a context (arch/x86/mm/tlb.c,
 * tlb_single_page_flush_ceiling).
 */
export const MOST_SINGLE_PAGES = 33
