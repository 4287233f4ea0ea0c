import { init, use as addPlugin } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../../shared/locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** Starts the texts. Numbers come in written out already (app/format.ts). */
export async function startI18n(): Promise<void> {
  addPlugin(initReactI18next);
  await init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes what it renders.
    interpolation: { escapeValue: false },
  });
}
