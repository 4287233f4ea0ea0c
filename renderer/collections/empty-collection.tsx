import { useTranslation } from 'react-i18next';
import { Message } from '../app/message.tsx';
import { clearBrowse } from '../browse/browse-store.ts';

/** Where the first items of a collection will stand, and how they get there. */
export function EmptyCollection() {
  const { t } = useTranslation();
  return (
    <Message icon={<Board />} title={t('collections.empty')} text={t('collections.emptyHelp')}>
      <button type="button" className="button" onClick={clearBrowse}>
        {t('collections.toAll')}
      </button>
    </Message>
  );
}

/** Three empty places, the middle one waiting for its picture. */
function Board() {
  return (
    <svg width="216" height="84" viewBox="0 0 216 84" fill="none" aria-hidden>
      {[1, 155].map((x) => (
        <rect
          key={x}
          x={x}
          y="12"
          width="60"
          height="60"
          rx="12"
          stroke="var(--line-strong)"
          strokeWidth="1.5"
          strokeDasharray="5 5"
        />
      ))}
      <rect
        x="72"
        y="6"
        width="72"
        height="72"
        rx="14"
        fill="var(--panel)"
        stroke="var(--control-line)"
        strokeWidth="1.5"
      />
      <path d="M108 31v22M97 42h22" stroke="var(--ink)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
