/** What a thrown value says, in one line as far as its thrower kept to one. */
export const errorWords = (error: unknown): string => (error instanceof Error ? error.message : String(error))
