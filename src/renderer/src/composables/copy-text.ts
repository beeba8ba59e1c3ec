/** Puts text on the clipboard in answer to a press; false when the browser refuses. Asks for no permission. */
export function copyText(text: string): boolean {
  let isTaken = false
  const give = (event: ClipboardEvent): void => {
    event.preventDefault()
    event.clipboardData?.setData('text/plain', text)
    isTaken = true
  }
  document.addEventListener('copy', give, { once: true })
  const isDone = document.execCommand('copy')
  document.removeEventListener('copy', give)
  return isDone && isTaken
}
