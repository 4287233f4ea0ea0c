import { IconCheck, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { toggleCollected } from './collect.ts';
import { useIsIn, useTarget } from './collections-store.ts';

interface CollectButtonProps {
  readonly item: ItemTile;
  /** Among the buttons of its details, not on a tile. */
  readonly inDetails?: boolean;
}

/** Adds an item to the collection used last; a tick where it is there, which takes it out again. */
export function CollectButton({ item, inDetails = false }: CollectButtonProps) {
  const { t } = useTranslation();
  const target = useTarget();
  const there = useIsIn(target?.id, item.key);
  const name = target?.name ?? '';
  const words = { name, item: item.name || item.key };
  const [title, label] =
    target === null
      ? [t('collections.addAny'), t('collections.addAnyItem', words)]
      : there
        ? [t('collections.in', words), t('collections.inItem', words)]
        : [t('collections.add', words), t('collections.addItem', words)];
  const Icon = there ? IconCheck : IconPlus;
  return (
    <button
      type="button"
      {...(inDetails ? { className: 'button', 'data-icon': true } : { tabIndex: -1 })}
      title={title}
      aria-label={label}
      data-on={there || undefined}
      onClick={(event) => {
        event.stopPropagation();
        toggleCollected(item);
      }}
    >
      <Icon size={16} stroke={there ? 2.4 : 1.9} aria-hidden />
    </button>
  );
}
