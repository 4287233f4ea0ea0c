import { IconCloud } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Message } from '../app/message.tsx';

/** Cloud: not there yet, and says so. */
export function CloudScreen() {
  const { t } = useTranslation();
  return (
    <>
      <h1 className="visually-hidden">{t('rail.cloud')}</h1>
      <Message
        icon={<IconCloud size={40} stroke={1.3} aria-hidden />}
        title={t('cloud.title')}
        text={t('cloud.text')}
      />
    </>
  );
}
