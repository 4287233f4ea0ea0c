const LANGUAGE = 'en';

const count = new Intl.NumberFormat(LANGUAGE);
const oneDigit = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });

/** A whole number with its separators: 4,983. */
export function formatCount(value: number): string {
  return count.format(value);
}

/** A rate without false precision: 131, 9.6. */
export function formatRate(perSecond: number): string {
  return perSecond >= 10 ? count.format(Math.round(perSecond)) : oneDigit.format(perSecond);
}

/** A time left: 0:29, 12:05, 1:02:09. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** A time taken: 0.9 s, 42 s, 3:20. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 60) return formatClock(seconds);
  return `${seconds < 10 ? oneDigit.format(seconds) : count.format(Math.round(seconds))} s`;
}

/** Milliseconds of a query: under one is worth a digit, above it is not. */
export function formatMs(ms: number): string {
  return ms < 1 ? oneDigit.format(ms) : count.format(Math.round(ms));
}

/** A cosine distance, 0 to 2, in three digits: 0.147. */
export function formatDistance(distance: number): string {
  return distance.toFixed(3);
}

/** A fused score in four digits: the first hundred ranks lie between 0.0062 and 0.0328. */
export function formatScore(score: number): string {
  return score.toFixed(4);
}

/** A size in decimal units, as file managers show it: 7.9 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB'] as const;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${oneDigit.format(bytes / 1000 ** power)} ${units[power - 1]}`;
}

const cents = new Intl.NumberFormat(LANGUAGE, { style: 'currency', currency: 'USD' });
const smallMoney = new Intl.NumberFormat(LANGUAGE, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
});

/** US dollars; what is under one in two digits that count: $12.40, $0.0093. */
export function formatDollars(dollars: number): string {
  return dollars >= 1 || dollars === 0 ? cents.format(dollars) : smallMoney.format(dollars);
}

/** Any metadata value as one line of text. */
export function formatValue(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}
