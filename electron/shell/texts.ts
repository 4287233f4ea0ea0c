import { createInstance, type i18n } from 'i18next';
import en from '../../shared/locales/en.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

/** The texts of menus and dialogs, from the same file as those of the window. */
export const texts: i18n = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: { translation: en } },
  // Menus and dialogs show plain text.
  interpolation: { escapeValue: false },
  initAsync: false,
});
// At once: the texts are here already.
void texts.init();
