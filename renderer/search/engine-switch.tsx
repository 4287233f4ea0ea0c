import { useTranslation } from 'react-i18next';
import { Segments } from '../app/segments.tsx';

/** Where the vectors are compared. Only here for now; the others say why they cannot be chosen. */
export function EngineSwitch() {
  const { t } = useTranslation();
  return (
    <Segments<'local' | 's3-vectors' | 'both'>
      label={t('search.engine')}
      value="local"
      onChange={() => undefined}
      segments={[
        { value: 'local', label: t('search.engines.local'), hint: t('search.engines.localHint') },
        {
          value: 's3-vectors',
          label: t('search.engines.s3'),
          disabled: true,
          hint: t('search.engines.s3Hint'),
        },
        {
          value: 'both',
          label: t('search.engines.both'),
          disabled: true,
          hint: t('search.engines.s3Hint'),
        },
      ]}
    />
  );
}
