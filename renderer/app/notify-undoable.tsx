import { notifications } from '@mantine/notifications';
import { t } from 'i18next';
import styles from './notify-undoable.module.css';

/** One at a time: only the last thing done is undone by it. */
const ID = 'undoable';

/** Shows that something was done, with the way back. */
export function notifyUndoable(message: string, onUndo: () => void): void {
  notifications.hide(ID);
  notifications.show({
    id: ID,
    autoClose: 6000,
    closeButtonProps: { 'aria-label': t('common.close') },
    message: (
      <span className={styles.line}>
        <bdi>{message}</bdi>
        <button
          type="button"
          className="link"
          onClick={() => {
            notifications.hide(ID);
            onUndo();
          }}
        >
          {t('common.undo')}
        </button>
      </span>
    ),
  });
}
