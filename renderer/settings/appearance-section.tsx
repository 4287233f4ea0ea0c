import { useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Segments } from '../app/segments.tsx';
import { Section } from '../app/section.tsx';

/**
 * Light or dark. Kept in the browser's own storage and not with the core: it must be there before the
 * first paint, or a dark window would flash white.
 */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section
      title={t('settings.appearance')}
      help={t('settings.appearanceHelp')}
      aside={
        <Segments
          label={t('settings.appearance')}
          value={colorScheme}
          onChange={setColorScheme}
          segments={[
            { value: 'auto', label: t('settings.system') },
            { value: 'light', label: t('settings.light') },
            { value: 'dark', label: t('settings.dark') },
          ]}
        />
      }
    />
  );
}
