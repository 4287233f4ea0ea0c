import type { ItemTile } from '../../shared/contract/catalog.ts';
import { formatValue } from '../app/format.ts';
import styles from './browse-screen.module.css';

interface TileFactsProps {
  readonly item: ItemTile;
  readonly fields: readonly string[];
}

/** The line of facts below a name: what tells an item from the others, or its key. */
export function TileFacts({ item, fields }: TileFactsProps) {
  const values = fields
    .map((field) => item.metadata[field])
    .filter((value) => value !== undefined && value !== item.name)
    .map(formatValue);
  // The key stands in where there are no fields, unless it is shown as the name already.
  const key = item.name === '' || saysTheKey(item) ? '' : item.key;
  const text = values.length > 0 ? values.join(' · ') : key;
  return (
    <span className={styles.facts} title={text} dir="auto">
      {text}
    </span>
  );
}

/** Names made of file names differ from the key by their spaces only. */
function saysTheKey({ name, key }: ItemTile): boolean {
  const plain = (text: string) => text.replaceAll(/[\s_-]+/g, ' ');
  return plain(name) === plain(key);
}
