import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../strings/t.ts';
import styles from './Dialog.module.css';
import { IconButton } from './IconButton.tsx';
import { InDialog } from './in-dialog.ts';
import { join } from './join.ts';
import { Toasts } from './Toasts.tsx';

export interface DialogProps {
  title: string;
  /** A line under the title. */
  note?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  onClose: () => void;
  children: ReactNode;
}

/** Where the keyboard starts: the page that is open, the first field, or else the first button below the title. */
const FIRST =
  '[role="tab"][aria-selected="true"], :is(input, textarea, select):not([type="hidden"], [readonly]), form button';

/**
 * The browser's own modal dialog: focus stays in it, Escape closes it, the page behind is inert. (A library's scroll lock
 * would write a style element, which the Content-Security-Policy refuses.)
 */
export function Dialog({ title, note, size = 'small', onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    if (element?.open === false) {
      element.showModal();
      element.querySelector<HTMLElement>(FIRST)?.focus();
    }
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={join(styles.dialog, styles[size])}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <InDialog value={true}>
        <div className={styles.body}>
          <header className={styles.header}>
            <h2 id={titleId} className={styles.title}>
              {title}
            </h2>
            <IconButton label={t('close')} onClick={onClose} isSmall>
              <X size={18} aria-hidden="true" />
            </IconButton>
          </header>
          {note === undefined ? null : <p className={styles.note}>{note}</p>}
          <Toasts isInDialog>{children}</Toasts>
        </div>
      </InDialog>
    </dialog>
  );
}

/** The row of buttons that ends a dialog. */
export function DialogActions(props: { children: ReactNode }) {
  return <div className={styles.actions}>{props.children}</div>;
}
