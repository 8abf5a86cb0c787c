import type { Message } from '@snug/protocol';
import { sayClock } from '../../app/say-time.ts';
import { t } from '../../strings/t.ts';
import styles from './SelectMessage.module.css';
import { useSelection } from './selection.ts';

/** Beside a message while some are picked out: whether this one is among them. */
export function SelectMessage({ message, name, at }: { message: Message; name: string; at: Date }) {
  const { ids, toggle } = useSelection();
  return (
    <input
      type="checkbox"
      className={styles.box}
      aria-label={t('select.one', name, sayClock(at))}
      checked={ids?.has(message.id) === true}
      onChange={() => toggle(message.id)}
    />
  );
}
