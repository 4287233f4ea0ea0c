import { Menu } from '@mantine/core';
import { IconBraces, IconDownload, IconTable } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { SearchInput, SearchOutput } from '../../shared/contract/search.ts';
import { saveText } from '../app/save-text.ts';
import { useCommand } from '../commands/use-command.ts';
import { resultsCsv, resultsJson } from './results-file.ts';

interface SaveResultsProps {
  readonly catalog: Catalog;
  /** The answers in view and the question they answer; undefined while there are none. */
  readonly found: { readonly input: SearchInput; readonly output: SearchOutput } | undefined;
}

/** Saves the results in view as a file. */
export function SaveResults({ catalog, found }: SaveResultsProps) {
  const { t } = useTranslation();
  const none = found === undefined || found.output.results.length === 0;
  const save = (format: 'csv' | 'json') => {
    if (none) return false;
    const { input, output } = found;
    const name = `${catalog.name} ${input.text ?? t('search.results')}.${format}`;
    if (format === 'csv') saveText(resultsCsv(output, catalog.fields), name, 'text/csv');
    else saveText(resultsJson(output, input, catalog.name), name, 'application/json');
    return true;
  };
  useCommand('saveCsv', 'screen', () => save('csv'));
  useCommand('saveJson', 'screen', () => save('json'));
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <button
          type="button"
          className="icon-button"
          disabled={none}
          aria-label={t('search.save')}
          title={t('search.save')}
        >
          <IconDownload size={18} stroke={1.7} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconTable size={16} stroke={1.7} aria-hidden />}
          onClick={() => save('csv')}
        >
          {t('search.saveAs.csv')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBraces size={16} stroke={1.7} aria-hidden />}
          onClick={() => save('json')}
        >
          {t('search.saveAs.json')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
