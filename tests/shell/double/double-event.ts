/** An event as Electron's emitters pass it first: `preventDefault` is all that is ever asked of it. */
export class DoubleEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }

  /** The event with further fields, as `will-navigate` and its kin have them. */
  static with<Fields extends object>(fields: Fields): DoubleEvent & Fields {
    return Object.assign(new DoubleEvent(), fields);
  }
}
