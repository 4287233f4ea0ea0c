import { Modal } from '@mantine/core';
import { IconArrowUp, IconFolder } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { client } from '../api/client.ts';
import { readFailure } from '../api/errors.ts';
import dialog from '../app/dialog.module.css';
import { formatCount } from '../app/format.ts';
import { addFolder } from '../app/take-folder.ts';
import styles from './folder-dialog.module.css';
import { crumbsOf } from './path-crumbs.ts';
import { useFolderDialog } from './use-open-folder.ts';

const close = () => useFolderDialog.setState({ opened: false });

/** Chooses a folder of this computer where the system's dialog is out of reach (a browser). */
export function FolderDialog() {
  const { t } = useTranslation();
  const opened = useFolderDialog((state) => state.opened);
  return (
    <Modal
      opened={opened}
      onClose={close}
      size={680}
      title={t('folders.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Folders />
    </Modal>
  );
}

function Folders() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [path, setPath] = useState<string | undefined>(undefined);
  const [typed, setTyped] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [adding, setAdding] = useState(false);
  const listing = useQuery({
    queryKey: ['folders', path],
    queryFn: ({ signal }) => client.app.folders(path === undefined ? {} : { path }, { signal }),
    placeholderData: (before) => before,
    staleTime: 0,
  });
  const here = listing.data;
  const home = useQuery({
    queryKey: ['folders', undefined],
    queryFn: () => client.app.folders({}),
  }).data?.path;

  const go = (next: string) => {
    setPath(next);
    setTyped(null);
    setFailure(null);
  };
  const goTyped = (event: FormEvent) => {
    event.preventDefault();
    const next = (typed ?? '').trim();
    if (next !== '') go(next);
  };
  const open = async () => {
    if (!here) return;
    setAdding(true);
    try {
      await addFolder(here.path);
      close();
      navigate('/search');
    } catch (error) {
      setFailure(error);
    } finally {
      setAdding(false);
    }
  };
  const problem = failure ?? listing.error;
  const said = problem === null ? null : readFailure(problem);

  return (
    <>
      <section className={styles.places} aria-label={t('folders.places')}>
        {home !== undefined && (
          <button type="button" className={styles.place} onClick={() => go(home)}>
            {t('folders.home')}
          </button>
        )}
        <button type="button" className={styles.place} onClick={() => go('/')}>
          {t('folders.computer')}
        </button>
        <nav className={styles.crumbs} aria-label={t('folders.crumbs')}>
          {crumbsOf(here?.path ?? '').map((crumb) => (
            <button key={crumb.path} type="button" onClick={() => go(crumb.path)}>
              {crumb.name}
            </button>
          ))}
        </nav>
      </section>
      <form className={styles.path} onSubmit={goTyped}>
        <button
          type="button"
          className="icon-button"
          aria-label={t('folders.up')}
          title={t('folders.up')}
          disabled={here?.parent === null || here === undefined}
          onClick={() => {
            if (here && here.parent !== null) go(here.parent);
          }}
        >
          <IconArrowUp size={18} stroke={1.7} aria-hidden />
        </button>
        <input
          aria-label={t('folders.path')}
          value={typed ?? here?.path ?? path ?? ''}
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" className="button" disabled={typed === null}>
          {t('folders.go')}
        </button>
      </form>
      {said !== null && (
        <p className={styles.failure} role="alert">
          {said.message} {said.action}
        </p>
      )}
      <ul className={styles.list} aria-label={t('folders.list')}>
        {here?.folders.map((folder) => (
          <li key={folder.path}>
            <button type="button" onClick={() => go(folder.path)}>
              <IconFolder size={18} stroke={1.6} aria-hidden />
              {folder.name}
            </button>
          </li>
        ))}
        {here?.folders.length === 0 && <li className={styles.none}>{t('folders.none')}</li>}
      </ul>
      <div className={styles.foot}>
        <output>{here && holds(here.pictures, here.csvFiles)}</output>
        <div className={dialog.actions}>
          <button type="button" className="button" onClick={close}>
            {t('common.cancel')}
          </button>
          <button
            type="button"
            className="button"
            data-kind="primary"
            disabled={here === undefined || adding}
            onClick={() => void open()}
          >
            {t('folders.open')}
          </button>
        </div>
      </div>
    </>
  );

  function holds(pictures: number, csvFiles: number): string {
    if (pictures === 0 && csvFiles === 0) return t('folders.holdsNothing');
    return [
      pictures > 0 &&
        t('folders.pictures', {
          count: pictures,
          shown: pictures >= 1000 ? t('folders.many') : formatCount(pictures),
        }),
      csvFiles > 0 && t('folders.csvFiles', { count: csvFiles, shown: formatCount(csvFiles) }),
    ]
      .filter((part) => part !== false)
      .join(', ');
  }
}
