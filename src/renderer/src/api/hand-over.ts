/** Hands a file over to the person: a browser puts it among its downloads, the desktop app asks where it goes. */
export function handOver(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = name
  anchor.click()
  // The address is read after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
