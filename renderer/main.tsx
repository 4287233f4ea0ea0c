import '@fontsource-variable/inter/opsz.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/tokens.css';
import './app/base.css';
import './app/mantine.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startI18n } from './app/i18n.ts';
import { startLive } from './app/live.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
await startI18n();
startLive();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
