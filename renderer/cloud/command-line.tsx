import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../app/copy.ts';
import styles from './command-line.module.css';

/** A command for a terminal, and the button that copies it. */
export function CommandLine({ command }: { readonly command: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.line}>
      <code>{command}</code>
      <button
        type="button"
        className="icon-button"
        aria-label={t('cloud.copyCommand')}
        title={t('cloud.copyCommand')}
        onClick={() => void copyText(command)}
      >
        <IconCopy size={17} stroke={1.6} aria-hidden />
      </button>
    </div>
  );
}
