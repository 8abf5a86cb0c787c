import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import styles from './RoomPicture.module.css';

const LINES = [
  { id: 'mara', name: 'Mara', words: 'landing.picture.1' },
  { id: 'jonas', name: 'Jonas', words: 'landing.picture.2' },
  { id: 'ines', name: 'Ines', words: 'landing.picture.3' },
  { id: 'mara', name: 'Mara', words: 'landing.picture.4' },
] as const;

/** A lamp-lit window with a conversation in it: what the product looks like, without being it. */
export function RoomPicture() {
  return (
    <div className={styles.window} role="img" aria-label={t('landing.picture')}>
      <svg className={styles.lamp} viewBox="0 0 120 96" aria-hidden="true">
        <path d="M58 0h4v34h-4z" />
        <path d="M60 30c24 0 40 14 40 34 0 3-2 5-5 5H25c-3 0-5-2-5-5 0-20 16-34 40-34z" />
        <path className={styles.bulb} d="M46 74h28a14 14 0 0 1-28 0z" />
      </svg>
      <div className={styles.light} />
      <div className={styles.talk} aria-hidden="true">
        {LINES.map((line) => (
          <div key={line.words} className={styles.line}>
            <Avatar id={line.id} name={line.name} size={32} />
            <div>
              <strong>{line.name}</strong>
              <p>{t(line.words)}</p>
            </div>
          </div>
        ))}
      </div>
      <div className={styles.sill} aria-hidden="true">
        {t('landing.picture.sill')}
      </div>
    </div>
  );
}
