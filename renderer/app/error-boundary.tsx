import { Component, type ReactNode } from 'react';
import { t } from 'i18next';
import { Message } from './message.tsx';

interface State {
  readonly error: unknown;
}

/** Catches a mistake in drawing a screen, so that the window never turns blank. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Message
        title={t('failure.drawing')}
        text={error instanceof Error ? error.message : JSON.stringify(error)}
      >
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {t('failure.reload')}
        </button>
      </Message>
    );
  }
}
