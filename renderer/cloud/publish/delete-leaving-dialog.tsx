import { useTranslation } from 'react-i18next';
import type { PublishPlan } from '../../../shared/contract/cloud/publish.ts';
import { client } from '../../api/client.ts';
import dialog from '../../app/dialog.module.css';
import { formatCount } from '../../app/format.ts';
import { FormDialog } from '../form-dialog.tsx';

interface DeleteLeavingDialogProps {
  readonly plan: PublishPlan;
  readonly onClose: () => void;
}

/** The yes of their own that many deletions take: to this very number, of this plan. */
export function DeleteLeavingDialog({ plan, onClose }: DeleteLeavingDialogProps) {
  const { t } = useTranslation();
  const { catalogId, indexes } = plan;
  const of = (side: 'image' | 'text') =>
    indexes.find(({ modality }) => modality === side)?.deleted ?? 0;
  const deletions = { image: of('image'), text: of('text') };
  const count = deletions.image + deletions.text;
  const sent = indexes.reduce((sum, { added, changed }) => sum + added + changed, 0);
  const shown = formatCount(count);
  return (
    <FormDialog
      title={t('cloud.leaving.ask', { count, shown })}
      verb={t('cloud.publish.delete', { count, shown })}
      isDanger
      onSubmit={() => client.cloud.publish({ catalogId, deletions })}
      onClose={onClose}
    >
      <p className={dialog.text}>{t('cloud.leaving.forGood')}</p>
      {sent > 0 && (
        <p className={dialog.text}>
          {t('cloud.leaving.alsoSent', { count: sent, shown: formatCount(sent) })}
        </p>
      )}
    </FormDialog>
  );
}
