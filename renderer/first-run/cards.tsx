import styles from './first-run.module.css';

/** Five products of the sample catalog, drawn by us, in the order they are fanned out. */
const PICTURES = Object.entries(
  import.meta.glob<string>('./cards/*.{webp,jpg,png}', { eager: true, import: 'default' }),
)
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([, url]) => url);

/** A fan of cards, for the eye only. */
export function Cards() {
  return (
    <div className={styles.fan} aria-hidden>
      {PICTURES.map((url, index) => {
        const from = index - (PICTURES.length - 1) / 2;
        return (
          <div
            key={url}
            className={styles.card}
            style={{
              transform: `translateY(${from * from * 5}px) rotate(${from * 5}deg)`,
              zIndex: 5 - Math.abs(from),
            }}
          >
            <img src={url} alt="" draggable={false} />
          </div>
        );
      })}
    </div>
  );
}
