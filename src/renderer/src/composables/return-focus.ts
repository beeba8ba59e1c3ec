/** A part of the window that goes while it has the focus gives it back: without that the keyboard starts at the top. */
import { nextTick, onScopeDispose, watch, type Ref } from 'vue'

/** The body has the focus when nothing has. */
const isSeen = (element: Element | null): element is HTMLElement =>
  element !== null && element !== document.body && element.checkVisibility()

/**
 * `shown` tells what the part shows, so that it changes with each opening and closing; a part that is built and removed
 * as a whole needs none. Answers a listener of `focusin`, for a part that nobody opened.
 */
export function useReturnFocus(
  part: Readonly<Ref<Element | null>>,
  shown?: () => unknown
): (event: FocusEvent) => void {
  const isInside = (element: Element | null): boolean => part.value?.contains(element) ?? false
  /** Where it goes back to: inside the part, as a button that folds it, and the last place outside. */
  let places = [document.activeElement]
  const remember = (place: Element): void => {
    places = isInside(place) ? [place, places[places.length - 1]] : [place]
  }
  /** The view is there whatever has gone. */
  const giveBack = (): void => {
    const place = places.find(isSeen) ?? document.querySelector<HTMLElement>('#view')
    place?.focus()
  }

  /** Called before the page changes: whoever keeps the focus through the change is where it goes back to. */
  async function settle(): Promise<void> {
    const wasInside = isInside(document.activeElement)
    await nextTick()
    const now = document.activeElement
    if (isSeen(now)) remember(now)
    else if (wasInside) giveBack()
  }
  if (shown) watch(shown, settle)
  onScopeDispose(() => void settle())

  return ({ relatedTarget }) => {
    if (relatedTarget instanceof Element && !isInside(relatedTarget)) remember(relatedTarget)
  }
}
