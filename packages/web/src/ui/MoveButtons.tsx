import { ArrowDown, ArrowUp } from 'lucide-react';
import { t } from '../strings/t.ts';
import { IconButton } from './IconButton.tsx';
import styles from './MoveButtons.module.css';

export interface MoveButtonsProps {
  /** Of what is moved. */
  name: string;
  canMove: (step: 1 | -1) => boolean;
  onMove: (step: 1 | -1) => void;
}

/** A step up, a step down. Where it cannot go the arrow stays, so that the keyboard keeps its place in the row. */
export function MoveButtons({ name, canMove, onMove }: MoveButtonsProps) {
  return (
    <span className={styles.buttons}>
      <IconButton label={t('move.up', name)} isSmall aria-disabled={!canMove(-1)} onClick={() => onMove(-1)}>
        <ArrowUp size={17} aria-hidden="true" />
      </IconButton>
      <IconButton label={t('move.down', name)} isSmall aria-disabled={!canMove(1)} onClick={() => onMove(1)}>
        <ArrowDown size={17} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
