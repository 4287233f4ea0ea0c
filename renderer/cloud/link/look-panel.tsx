import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IndexLook, MetadataLook } from '../../../shared/contract/cloud/look.ts';
import type { MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';
import styles from './look-panel.module.css';

interface LookPanelProps {
  readonly looks: readonly IndexLook[];
  /** Takes over what is published there. */
  readonly onColumns: (columns: MetadataColumn[]) => void;
}

/** How indexes that are there already stand to the catalog, before a yes to them. */
export function LookPanel({ looks, onColumns }: LookPanelProps) {
  const { t } = useTranslation();
  const columns = looks.map(columnsIn).find((found) => found.length > 0);
  return (
    <section className={styles.look} aria-label={t('cloud.look.label')} aria-live="polite">
      {looks.map((look) => (
        <Look key={look.modality} look={look} />
      ))}
      {columns !== undefined && (
        <button type="button" className="button" onClick={() => onColumns(columns)}>
          {t('cloud.look.useColumns')}
        </button>
      )}
    </section>
  );
}

function Look({ look }: { readonly look: IndexLook }) {
  const { t } = useTranslation();
  const { modality, index, state, dimension, metric, toldModel, keys, metadata, vectors } = look;
  const made =
    state !== 'found'
      ? t('cloud.look.hidden')
      : [
          t('cloud.look.made', { dimension, metric }),
          toldModel === null
            ? t('cloud.look.notTold')
            : t('cloud.look.toldBy', { model: toldModel }),
        ].join(', ');
  return (
    <>
      <h3>
        <span className={styles.dot} data-side={modality} aria-hidden />
        {index}
        <small>{made}</small>
      </h3>
      <dl>
        {look.misfit !== null && (
          <Fact label={t('cloud.look.fit')}>
            <strong data-bad>{look.misfit}</strong>
          </Fact>
        )}
        {vectors !== null && (
          <Fact label={t('cloud.look.vectors')}>
            <strong data-bad={vectors.verdict === 'other' || undefined}>
              {t(`cloud.look.verdict.${vectors.verdict}`)}
            </strong>{' '}
            {t('cloud.look.cosine', {
              count: vectors.compared,
              median: vectors.median.toFixed(3),
              lowest: vectors.lowest.toFixed(3),
            })}
          </Fact>
        )}
        {keys !== null && (
          <Fact label={t('cloud.look.keys')}>
            <Keys keys={keys} asked={look.asked} />
          </Fact>
        )}
        {metadata !== null && metadata.length > 0 && (
          <Fact label={t('cloud.look.fields')}>
            <ul>
              {metadata.map((one) => (
                <Column key={one.key} column={one} />
              ))}
            </ul>
          </Fact>
        )}
        {look.denied.length > 0 && (
          <Fact label={t('cloud.look.unknown')}>
            {t('cloud.look.denied')} <code>{look.denied.join(', ')}</code>
          </Fact>
        )}
      </dl>
    </>
  );
}

function Fact(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

interface KeysProps {
  readonly keys: NonNullable<IndexLook['keys']>;
  readonly asked: IndexLook['asked'];
}

function Keys({ keys, asked }: KeysProps) {
  const { t } = useTranslation();
  const { sampled, matching, byStem, stemExample, others } = keys;
  if (sampled === 0) return t('cloud.look.empty');
  return (
    <>
      <strong data-bad={matching === 0 || undefined}>
        {t('cloud.look.matching', { matching, sampled })}
      </strong>{' '}
      {stemExample !== null && t('cloud.look.byStem', { count: byStem, ...stemExample })}{' '}
      {asked !== null && t('cloud.look.asked', { count: asked.count, found: asked.found })}{' '}
      {others.length > 0 && (
        <>
          {t('cloud.look.others')} <code>{others.join(', ')}</code>
        </>
      )}
    </>
  );
}

function Column({ column }: { readonly column: MetadataLook }) {
  const { t } = useTranslation();
  const { key, from, by, agreeing, compared, example } = column;
  return (
    <li>
      <code>{key}</code>
      <span>
        {from === null
          ? t('cloud.look.noColumn', { example })
          : from.kind === 'field'
            ? from.field
            : from.kind === 'template'
              ? from.template
              : t(`cloud.look.from.${from.kind}`)}
      </span>
      <small>
        {by === 'values' && t('cloud.look.equal', { agreeing, compared })}
        {by === 'name' && t('cloud.look.byName')}
      </small>
    </li>
  );
}

/** What is published there, as columns of the catalog. */
function columnsIn({ metadata }: IndexLook): MetadataColumn[] {
  return (metadata ?? []).flatMap(({ key, from, filterable }) =>
    from === null ? [] : [{ as: key, from, filterable }],
  );
}
