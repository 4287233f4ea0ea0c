import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconFileImport,
  IconGauge,
  IconLink,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../shared/contract/models.ts';
import { copyText } from '../app/copy.ts';
import type { ModelActions } from './use-model-actions.ts';

interface ModelMenuProps {
  readonly model: ModelInfo;
  readonly actions: ModelActions;
  /** A file was picked that is to be this model. */
  readonly onImport: (file: File) => void;
}

const ICON = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What is wanted of a model now and then. */
export function ModelMenu({ model, actions, onImport }: ModelMenuProps) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const { title, state, sha256, source } = model;
  const isReady = state === 'ready';
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <button type="button" className="icon-button" aria-label={t('models.more', { title })}>
            <IconDots size={18} stroke={1.7} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconGauge {...ICON} />}
            disabled={!isReady || actions.isMeasuring}
            onClick={actions.measure}
          >
            {t('models.measureAgain')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconShieldCheck {...ICON} />}
            disabled={state === 'missing' || actions.isVerifying}
            onClick={actions.verify}
          >
            {t('models.verify')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileImport {...ICON} />}
            onClick={() => picker.current?.click()}
          >
            {t('models.importAs')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconCopy {...ICON} />}
            disabled={sha256 === null}
            onClick={() => void copyText(sha256 ?? '')}
          >
            {t('models.copyHash')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink {...ICON} />} onClick={() => void copyText(source)}>
            {t('models.copySource')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        accept=".onnx,.json"
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file !== undefined) onImport(file);
        }}
      />
    </>
  );
}
