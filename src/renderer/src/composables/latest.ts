/** What is begun again before it has ended: what an earlier beginning still brings no longer counts. */

/** Each call begins anew, and answers whether its beginning is still the latest. */
export function latestOnly(): () => () => boolean {
  let latest = 0
  return () => {
    const mine = ++latest
    return () => mine === latest
  }
}
