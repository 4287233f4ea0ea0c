import { IconCloud } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { readFailure } from '../api/errors.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { Message } from '../app/message.tsx';
import { Waiting } from './waiting.tsx';

interface SearchFailureProps {
  readonly catalog: Catalog;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why there are no results, and the way on: to Cloud, to wait, or to try again. */
export function SearchFailure({ catalog, error, onRetry }: SearchFailureProps) {
  const { t } = useTranslation();
  const { code } = readFailure(error);
  if (code === 'NOT_EMBEDDED') return <Waiting catalog={catalog} />;
  if (code !== 'CLOUD_NOT_CONNECTED' && code !== 'CLOUD_NOT_LINKED') {
    return <FailureMessage error={error} onRetry={onRetry} />;
  }
  const state = code === 'CLOUD_NOT_CONNECTED' ? 'notConnected' : 'notLinked';
  return (
    <Message
      icon={<IconCloud size={30} stroke={1.4} aria-hidden />}
      title={t(`search.${state}`)}
      text={t(`search.${state}Help`)}
    >
      <Link href="/cloud" className="button" data-kind="primary">
        {t('search.toCloud')}
      </Link>
    </Message>
  );
}
