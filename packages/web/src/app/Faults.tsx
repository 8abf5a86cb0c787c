import { Component, type ErrorInfo, type ReactNode } from 'react';
import { t } from '../strings/t.ts';
import { Blank } from '../ui/Blank.tsx';
import { Button } from '../ui/Button.tsx';
import styles from './page.module.css';

/** Where a bug in a view ends: words instead of an empty page, and everything in the console. */
export class Faults extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className={styles.page}>
        <Blank title={t('fault.title')} note={t('fault.note')}>
          <Button kind="primary" onClick={() => location.reload()}>
            {t('fault.reload')}
          </Button>
        </Blank>
      </main>
    );
  }
}
