import type electron from 'electron';
import type { Menu, MenuItemConstructorOptions } from 'electron';

type Template = readonly MenuItemConstructorOptions[];

/** A built menu: keeps its template, finds its items, and lets a test choose one. */
export class MenuDouble implements Pick<Menu, 'popup'> {
  readonly template: Template;
  readonly #onPopup: (menu: MenuDouble) => void;

  constructor(template: Template, onPopup: (menu: MenuDouble) => void) {
    this.template = template;
    this.#onPopup = onPopup;
  }

  /** Every entry, submenus unfolded. */
  get entries(): MenuItemConstructorOptions[] {
    const unfold = (template: Template): MenuItemConstructorOptions[] =>
      template.flatMap((entry) => [
        entry,
        ...(Array.isArray(entry.submenu) ? unfold(entry.submenu) : []),
      ]);
    return unfold(this.template);
  }

  /** Chooses the entry with this label. */
  click(label: string): void {
    const entry = this.entries.find((one) => one.label === label);
    if (entry?.click === undefined) throw new Error(`The menu has no ${label} to click.`);
    entry.click({} as never, undefined, {});
  }

  popup(): void {
    this.#onPopup(this);
  }
}

export interface ShownMenus {
  bar: MenuDouble | null;
  popup: MenuDouble | null;
}

/** `Menu`, keeping the menu bar and the last menu that popped up. */
export function createMenus(): { module: object; shown: ShownMenus } {
  const shown: ShownMenus = { bar: null, popup: null };
  const module = {
    buildFromTemplate: (template: Template) =>
      new MenuDouble(template, (menu) => {
        shown.popup = menu;
      }),
    setApplicationMenu: (menu: MenuDouble | null) => {
      shown.bar = menu;
    },
  } satisfies Partial<Record<keyof typeof electron.Menu, unknown>>;
  return { module, shown };
}
