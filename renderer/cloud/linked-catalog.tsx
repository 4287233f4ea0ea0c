import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { CloudConnection } from '../../shared/contract/cloud/connection.ts';
import type { CloudLink } from '../../shared/contract/cloud/link.ts';
import type { PublishPlan } from '../../shared/contract/cloud/publish.ts';
import { formatCount } from '../app/format.ts';
import { CloudFailure, useFailure } from './cloud-failure.tsx';
import { LeavingPanel } from './publish/leaving-panel.tsx';
import styles from './linked-catalog.module.css';
import { PlanBill } from './publish/plan-bill.tsx';
import { PlanTable } from './publish/plan-table.tsx';
import { PublishProgressPanel } from './publish/publish-progress-panel.tsx';
import { RefusedRecords } from './publish/refused-records.tsx';
import { RestorePanel } from './listing/restore-panel.tsx';
import { RestoreReport } from './listing/restore-report.tsx';
import { isAtRest, useIsOwnPractice, useListing, usePlan, usePublishing } from './use-cloud.ts';
import { VerifyPanel } from './listing/verify-panel.tsx';

interface LinkedCatalogProps {
  readonly catalog: Catalog;
  readonly link: CloudLink;
  readonly connection: CloudConnection;
}

/** What publishing would do; while it does, how far it is; afterwards, that all is in step. */
export function LinkedCatalog({ catalog, link, connection }: LinkedCatalogProps) {
  const { t } = useTranslation();
  const progress = usePublishing(catalog.id);
  const restoring = useListing('restore', catalog.id);
  const isWhole = restoring === null || restoring.state === 'done';
  const plan = usePlan(catalog, link, { isWhole });
  const isPractice = connection.source.kind === 'practice';
  const where = [link.bucket, link.endpoint ?? link.region].filter((part) => part !== null);
  const isOwnPractice = useIsOwnPractice(connection);
  const isResting = isAtRest(progress);
  const isElsewhere =
    link.endpoint !== connection.endpoint ||
    (connection.region !== null && link.region !== connection.region);
  if (isElsewhere && isResting) {
    return (
      <>
        <p className={styles.where}>{where.join(' · ')}</p>
        <p className={styles.elsewhere}>{t('cloud.link.elsewhere')}</p>
      </>
    );
  }
  // Of a part there is nothing to plan: what has not come yet is no difference.
  if (restoring !== null && !isWhole) {
    return (
      <>
        <p className={styles.where}>{where.join(' · ')}</p>
        <RestorePanel listing={restoring} />
      </>
    );
  }
  return (
    <>
      <p className={styles.where}>
        {where.join(' · ')}
        {link.indexes.some(({ isConfirmed }) => !isConfirmed) && ` · ${t('cloud.link.notAsked')}`}
      </p>
      {restoring !== null && restoring.report !== null && (
        <RestoreReport report={restoring.report} />
      )}
      {progress !== null && progress.state !== 'idle' && (
        <PublishProgressPanel progress={progress} isOwnPractice={isOwnPractice} />
      )}
      {isResting && plan.isError && (
        <PlanFailure error={plan.error} onRetry={() => void plan.refetch()} />
      )}
      {isResting && plan.data && (
        <div aria-busy={plan.isFetching}>
          {plan.data.isUpToDate ? <InStep plan={plan.data} /> : <PlanTable plan={plan.data} />}
          <LeavingPanel plan={plan.data} isPaused={progress?.state === 'paused'} />
          {!plan.data.isUpToDate && (
            <PlanBill
              plan={plan.data}
              isPractice={isPractice}
              isPaused={progress?.state === 'paused'}
            />
          )}
          <RefusedRecords catalogId={catalog.id} plan={plan.data} />
        </div>
      )}
      {isResting && <VerifyPanel catalogId={catalog.id} />}
    </>
  );
}

function InStep({ plan }: { readonly plan: PublishPlan }) {
  const { t } = useTranslation();
  const sum = (read: (index: PublishPlan['indexes'][number]) => number) =>
    plan.indexes.reduce((total, index) => total + read(index), 0);
  const vectors = sum(({ unchanged }) => unchanged);
  const kept = sum(({ quarantined }) => quarantined);
  return (
    <output className={styles.inStep}>
      <span aria-hidden data-partly={kept > 0 || undefined} />
      {kept === 0
        ? t('cloud.inStep', { count: vectors, shown: formatCount(vectors) })
        : t('cloud.partlyInStep', {
            count: vectors,
            shown: formatCount(vectors),
            kept: formatCount(kept),
          })}
    </output>
  );
}

function PlanFailure(props: { readonly error: unknown; readonly onRetry: () => void }) {
  return <CloudFailure failure={useFailure(props.error)} onRetry={props.onRetry} />;
}
