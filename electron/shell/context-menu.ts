import { clipboard, Menu, type ContextMenuParams, type MenuItemConstructorOptions } from 'electron';
import type { App as ElectronApp } from 'electron';
import type { App } from '../core/app.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';
import { copyPicture, revealItem } from './item-pictures.ts';
import { pictureItemId } from './picture-address.ts';
import { texts } from './texts.ts';

/** The native menu on text fields, selected text and pictures that the page gives no menu of its own. */
export function offerContextMenu(app: ElectronApp, { core, log }: { core: App; log: Log }): void {
  const run = (work: Promise<void>) => {
    work.catch((error: unknown) =>
      log('warn', 'A context menu entry failed', { error: describeError(error) }),
    );
  };
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_contextEvent, params) => {
      const template = isPicture(params) ? pictureEntries(core, params, run) : textEntries(params);
      if (template.length > 0) Menu.buildFromTemplate(template).popup();
    });
  });
}

function isPicture(params: ContextMenuParams): boolean {
  return params.mediaType === 'image' && pictureItemId(params.srcURL) !== null;
}

function pictureEntries(
  core: App,
  params: ContextMenuParams,
  run: (work: Promise<void>) => void,
): MenuItemConstructorOptions[] {
  const itemId = pictureItemId(params.srcURL);
  if (itemId === null) return [];
  return [
    { label: texts.t('shell.picture.copy'), click: () => run(copyPicture(core, itemId)) },
    {
      label: texts.t('shell.picture.copyKey'),
      click: () => run(clipboard.writeText(core.browse.item(itemId).key)),
    },
    { type: 'separator' },
    { label: texts.t('shell.picture.reveal'), click: () => run(revealItem(core, itemId)) },
  ];
}

function textEntries({
  isEditable,
  editFlags,
  selectionText,
}: ContextMenuParams): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = {
    role: 'copy',
    label: texts.t('shell.menu.copy'),
    enabled: editFlags.canCopy,
  };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'undo', label: texts.t('shell.menu.undo'), enabled: editFlags.canUndo },
    { role: 'redo', label: texts.t('shell.menu.redo'), enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', label: texts.t('shell.menu.cut'), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: texts.t('shell.menu.paste'), enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: texts.t('shell.menu.selectAll'), enabled: editFlags.canSelectAll },
  ];
}
