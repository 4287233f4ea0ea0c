import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';
import styles from './column-planner.module.css';
import { ColumnMeter } from './column-meter.tsx';
import { TextField } from '../field.tsx';
import {
  changeColumn,
  keyOf,
  planColumns,
  setTemplate,
  templateOf,
  toggleColumn,
  toggleContent,
} from './plan-columns.ts';

interface ColumnPlannerProps {
  readonly catalog: Catalog;
  readonly columns: readonly MetadataColumn[];
  readonly onChange: (columns: readonly MetadataColumn[]) => void;
}

/** Which fields go along with each vector, under which name, and whether they can be filtered by. */
export function ColumnPlanner({ catalog, columns, onChange }: ColumnPlannerProps) {
  const { t } = useTranslation();
  // In the order they had at first: a row does not go elsewhere when it is left out.
  const [order] = useState(columns);
  const published = new Map(columns.map((column) => [keyOf(column.from), column]));
  return (
    <fieldset className={styles.planner}>
      <legend>{t('cloud.columns.title')}</legend>
      <p className={styles.help}>{t('cloud.columns.help')}</p>
      <div className={styles.rows}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('cloud.columns.publish')}</th>
              <th scope="col">{t('cloud.columns.as')}</th>
              <th scope="col">{t('cloud.columns.filterable')}</th>
            </tr>
          </thead>
          <tbody>
            {planColumns(catalog.fields, order).map((source) => {
              const column = published.get(keyOf(source));
              const name = source.kind === 'name' ? t('cloud.columns.name') : source.field;
              return (
                <tr key={keyOf(source)}>
                  <th scope="row">
                    <Checkbox
                      size="xs"
                      label={name}
                      checked={column !== undefined}
                      onChange={() => onChange(toggleColumn(columns, source))}
                    />
                  </th>
                  <td>
                    {column !== undefined && (
                      <input
                        type="text"
                        required
                        maxLength={63}
                        spellCheck={false}
                        autoComplete="off"
                        aria-label={t('cloud.columns.asOf', { name })}
                        value={column.as}
                        onChange={(event) =>
                          onChange(changeColumn(columns, source, { as: event.currentTarget.value }))
                        }
                      />
                    )}
                  </td>
                  <td>
                    {column !== undefined && (
                      <Checkbox
                        size="xs"
                        aria-label={t('cloud.columns.filterableOf', { name })}
                        checked={column.filterable}
                        onChange={(event) =>
                          onChange(
                            changeColumn(columns, source, {
                              filterable: event.currentTarget.checked,
                            }),
                          )
                        }
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <TextField
        label={t('cloud.columns.template')}
        help={t('cloud.columns.templateHelp')}
        placeholder="s3://my-pictures/images/{filename}"
        maxLength={1_000}
        value={templateOf(columns)}
        onText={(template) => onChange(setTemplate(columns, template))}
      />
      <Checkbox
        size="xs"
        className={styles.content ?? ''}
        label={t('cloud.columns.content')}
        description={t('cloud.columns.contentHelp')}
        checked={columns.some(({ from }) => from.kind === 'content')}
        onChange={() => onChange(toggleContent(columns))}
      />
      <ColumnMeter catalog={catalog} columns={columns} />
    </fieldset>
  );
}
