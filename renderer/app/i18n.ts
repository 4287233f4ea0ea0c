import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../../shared/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Starts the texts. Numbers come in written out already (app/format.ts). */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    // What reads the window out, hyphenates it and lays it out goes by these.
    document.documentElement.lang = language;
    document.documentElement.dir = i18next.dir(language);
  });
  i18next.use(initReactI18next);
  await i18next.init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
}
