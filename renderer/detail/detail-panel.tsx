import { Loader } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconCopy,
  IconCrop,
  IconFolderOpen,
  IconPhoto,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import type { SearchOutput, SearchResult } from '../../shared/contract/search.ts';
import { client } from '../api/client.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { copyItemPicture, copyText } from '../app/copy.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { notifyFailure } from '../app/notify.ts';
import { useFreshness } from '../app/use-freshness.ts';
import { desktopBridge } from '../api/host.ts';
import { useCommand } from '../commands/use-command.ts';
import { Picture } from '../grid/picture.tsx';
import type { ItemActions } from '../grid/item-actions.ts';
import styles from './detail-panel.module.css';
import { Fields } from './fields.tsx';
import { Neighbours } from './neighbours.tsx';
import { Why } from './why.tsx';

const NO_CATALOG = { id: 0, revision: 0 };

interface DetailPanelProps extends ItemActions {
  readonly itemId: number;
  /** Its place in the search in view, if it has one. */
  readonly result?: SearchResult | undefined;
  readonly output?: SearchOutput | undefined;
  /** Its neighbours in the list it was opened from, where they are known. */
  readonly previous?: ItemTile | undefined;
  readonly next?: ItemTile | undefined;
  readonly onClose: () => void;
}

/** Everything about one item: picture, name, why it is here, fields, what looks like it. */
export function DetailPanel(props: DetailPanelProps) {
  const { itemId, result, output, previous, next, onClose, ...actions } = props;
  const { t } = useTranslation();
  const bridge = desktopBridge();
  const stamp = useFreshness(useCatalog() ?? NO_CATALOG, false);
  const detail = useQuery({
    queryKey: ['item', itemId, stamp],
    queryFn: ({ signal }) => client.browse.item({ itemId }, { signal }),
    placeholderData: (before) => before,
  });
  const item = detail.data;
  const panel = useRef<HTMLElement>(null);
  const hasFocus = () => panel.current?.contains(document.activeElement) === true;
  const close = () => {
    // The focus goes back to the list before the panel takes it along.
    if (hasFocus()) focusList();
    onClose();
  };
  const stepTo = (neighbour: ItemTile | undefined) => {
    const free = hasFocus() || document.activeElement === document.body;
    if (!free || neighbour === undefined) return false;
    actions.onOpen(neighbour);
    return true;
  };
  useCommand('back', 'panel', close);
  useCommand('previousItem', 'panel', () => stepTo(previous));
  useCommand('nextItem', 'panel', () => stepTo(next));
  useCommand('copyPicture', 'panel', () => {
    const wanted = hasFocus() && window.getSelection()?.isCollapsed !== false;
    if (!wanted || item === undefined || item.imagePath === null) return false;
    void copyItemPicture(item);
    return true;
  });

  const head = (
    <div className={styles.head}>
      {(previous ?? next) !== undefined && (
        <>
          <HeadButton
            label={t('detail.previous')}
            Icon={IconChevronLeft}
            onPress={previous && (() => actions.onOpen(previous))}
          />
          <HeadButton
            label={t('detail.next')}
            Icon={IconChevronRight}
            onPress={next && (() => actions.onOpen(next))}
          />
        </>
      )}
      <HeadButton label={t('detail.close')} Icon={IconX} onPress={close} />
    </div>
  );
  if (item === undefined) {
    return (
      <aside ref={panel} className={styles.panel} aria-label={t('detail.label')}>
        {head}
        {detail.isError ? (
          <FailureMessage error={detail.error} onRetry={() => void detail.refetch()} />
        ) : (
          <div className={styles.loading}>
            <Loader size={24} color="var(--secondary)" />
          </div>
        )}
      </aside>
    );
  }
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={t('detail.label')}
      data-old={item.id !== itemId || undefined}
    >
      {head}
      <div className={styles.picture}>
        <Picture item={item} width={400} />
      </div>
      <h2 className={styles.name} dir="auto">
        {item.name || item.key}
      </h2>
      <p className={styles.where}>
        {item.key}
        {item.imagePath !== null && ` · ${item.imagePath}`}
      </p>
      <div className={styles.actions}>
        <button type="button" className="button" onClick={() => actions.onFindSimilar(item)}>
          <IconSearch size={16} stroke={1.8} aria-hidden />
          {t('detail.findSimilar')}
        </button>
        {item.imagePath !== null && (
          <>
            <IconAction
              label={t('detail.crop')}
              Icon={IconCrop}
              onPress={() => actions.onCrop(item)}
            />
            <IconAction
              label={t('detail.copyPicture')}
              Icon={IconPhoto}
              onPress={() => void copyItemPicture(item)}
            />
            {bridge !== null && (
              <IconAction
                label={t('detail.reveal')}
                Icon={IconFolderOpen}
                onPress={() => void bridge.revealItem(item.id).catch(notifyFailure)}
              />
            )}
          </>
        )}
        <IconAction
          label={t('detail.copyKey')}
          Icon={IconCopy}
          onPress={() => void copyText(item.key)}
        />
      </div>
      {result && output && result.item.id === item.id && <Why result={result} output={output} />}
      {item.problems.map((problem) => (
        <div key={problem.id} className={styles.problem} data-severity={problem.severity}>
          <strong>{problem.reason}</strong>
          <span>{problem.action}</span>
        </div>
      ))}
      <Fields item={item} />
      {item.embedded.image !== null && (
        <Neighbours itemId={item.id} catalogId={item.catalogId} onOpen={actions.onOpen} />
      )}
    </aside>
  );
}

interface IconActionProps {
  readonly label: string;
  readonly Icon: typeof IconX;
  readonly onPress: () => void;
}

function IconAction({ label, Icon, onPress }: IconActionProps) {
  return (
    <button type="button" className="button" aria-label={label} title={label} onClick={onPress}>
      <Icon size={16} stroke={1.8} aria-hidden />
    </button>
  );
}

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

/** Where the list's keys go on. */
function focusList(): void {
  document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
}
