import type { PointerEvent } from 'react';

/** For `onPointerEnter`: a text that does not fit shows in full while the pointer rests on it. */
export function titleWhenClipped({ currentTarget: element }: PointerEvent<HTMLElement>): void {
  const isClipped =
    element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth;
  if (isClipped) element.title = element.textContent;
  else element.removeAttribute('title');
}
