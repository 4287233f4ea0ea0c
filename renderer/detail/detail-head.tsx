import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { useCommand } from '../commands/use-command.ts';
import styles from './detail-panel.module.css';

interface DetailHeadProps {
  /** The panel it belongs to. */
  readonly panel: RefObject<HTMLElement | null>;
  /** The items before and after this one in the list, where they are known. */
  readonly previous: ItemTile | undefined;
  readonly next: ItemTile | undefined;
  readonly onOpen: (item: ItemTile) => void;
  readonly onClose: () => void;
}

/** The way on from an item's details: to its neighbours in the list, and back to the list. */
export function DetailHead({ panel, previous, next, onOpen, onClose }: DetailHeadProps) {
  const { t } = useTranslation();
  const hasFocus = () => panel.current?.contains(document.activeElement) === true;
  const close = () => {
    // The focus goes back to the list before the panel takes it along.
    if (hasFocus()) document.querySelector<HTMLElement>(FOCUSABLE_CELL)?.focus();
    onClose();
  };
  const stepTo = (neighbour: ItemTile | undefined) => {
    const free = hasFocus() || document.activeElement === document.body;
    if (!free || neighbour === undefined) return false;
    onOpen(neighbour);
    return true;
  };
  useCommand('back', 'panel', close);
  useCommand('previousItem', 'panel', () => stepTo(previous));
  useCommand('nextItem', 'panel', () => stepTo(next));

  return (
    <div className={styles.head}>
      {(previous ?? next) !== undefined && (
        <>
          <HeadButton
            label={t('detail.previous')}
            Icon={IconChevronLeft}
            onPress={previous && (() => onOpen(previous))}
          />
          <HeadButton
            label={t('detail.next')}
            Icon={IconChevronRight}
            onPress={next && (() => onOpen(next))}
          />
        </>
      )}
      <HeadButton label={t('detail.close')} Icon={IconX} onPress={close} />
    </div>
  );
}

/** Where the list's keys go on. */
const FOCUSABLE_CELL = '[role="gridcell"][tabindex="0"]';

interface HeadButtonProps {
  readonly label: string;
  readonly Icon: typeof IconX;
  /** Undefined where it leads nowhere. */
  readonly onPress: (() => void) | undefined;
}

function HeadButton({ label, Icon, onPress }: HeadButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      // Not disabled, which would lose the focus at the end of the list.
      aria-disabled={onPress === undefined}
      onClick={onPress}
    >
      <Icon size={17} stroke={1.8} aria-hidden />
    </button>
  );
}
