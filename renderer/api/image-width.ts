const WIDTHS = [160, 320, 640, 1280] as const;

/** The smallest of a few widths that covers `pixels`, so that thumbnails are shared and cached. */
export function storedWidth(pixels: number): number {
  // A tenth short is not visible, and halves what a tile costs.
  return WIDTHS.find((width) => width * 1.1 >= pixels) ?? 1280;
}
