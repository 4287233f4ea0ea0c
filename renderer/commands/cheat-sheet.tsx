import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { type Command, COMMANDS } from '../../shared/commands.ts';
import styles from './cheat-sheet.module.css';
import { capsOf } from './key-caps.ts';
import { isMac } from './keys.ts';

interface CheatSheetState {
  readonly opened: boolean;
}

const useCheatSheet = create<CheatSheetState>(() => ({ opened: false }));

export function showCheatSheet(): void {
  useCheatSheet.setState({ opened: true });
}

const SECTIONS = [...new Set(COMMANDS.map(({ section }) => section))].map((section) => ({
  section,
  commands: COMMANDS.filter((command) => command.section === section),
}));

/** Every command with its keys, as they are called on this computer's keyboard. */
export function CheatSheet() {
  const { t } = useTranslation();
  const opened = useCheatSheet((state) => state.opened);
  return (
    <Modal
      opened={opened}
      onClose={() => useCheatSheet.setState({ opened: false })}
      size={860}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className={styles.sections}>
        {SECTIONS.map(({ section, commands }) => (
          <section key={section} className={styles.section} aria-labelledby={`keys-${section}`}>
            <h3 id={`keys-${section}`} className={styles.title}>
              {t(`keys.sections.${section}`)}
            </h3>
            <dl className={styles.list}>
              {commands.map((command) => (
                <div key={command.id} className={styles.line}>
                  <dt>{t(`commands.${command.id}`)}</dt>
                  <dd>
                    <Caps command={command} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function Caps({ command }: { readonly command: Command }) {
  const { t } = useTranslation();
  const mac = isMac();
  return command.keys.map((keys, at) => (
    <Fragment key={keys}>
      {/* Arrow keys stand side by side and need no word between them. */}
      {at > 0 && command.id !== 'moveInGrid' && <span className={styles.or}>{t('keys.or')}</span>}
      <kbd className={styles.keys}>
        {capsOf(keys, mac).map((cap) => (
          <kbd key={cap} className={styles.cap}>
            {cap}
          </kbd>
        ))}
      </kbd>
    </Fragment>
  ));
}
