/** How much work a suite may do. */
export interface Effort {
  /** A fraction of it: shows that the suite runs and roughly where the figures lie. */
  readonly isQuick: boolean;
  /** How long someone works with the window, at an action every three seconds. */
  readonly hours: number;
}
