import { useTranslation } from 'react-i18next';
import { CloudFailure, useFailure } from './cloud-failure.tsx';

interface ChangeFailureProps {
  readonly error: unknown;
  /** Tries again with a yes to indexes that do not say which model made their vectors. */
  readonly onConsent: () => void;
}

/** Why a change was refused, and what a yes would allow. */
export function ChangeFailure({ error, onConsent }: ChangeFailureProps) {
  const { t } = useTranslation();
  const failure = useFailure(error);
  if (failure.consent !== 'assume-model') return <CloudFailure failure={failure} />;
  return (
    <CloudFailure
      failure={{ ...failure, action: t('cloud.link.unknownModel') }}
      onRetry={onConsent}
      retryLabel={t('cloud.link.assumeModel')}
    />
  );
}
