import { type FormEvent, type ReactNode, useState } from 'react';
import { t } from '../strings/t.ts';
import { Button } from './Button.tsx';
import { Dialog, DialogActions, type DialogProps } from './Dialog.tsx';
import styles from './FormDialog.module.css';
import { Notice } from './Notice.tsx';

export interface FormDialogProps extends Pick<DialogProps, 'title' | 'note' | 'size' | 'onClose'> {
  /** The verb on the button. */
  action: string;
  isDanger?: boolean;
  /** False while something that it needs is not chosen yet. */
  isReady?: boolean;
  /** Does it. What it throws is shown in the dialog. */
  onSubmit: () => Promise<void>;
  /** An error in words. */
  explain: (error: unknown) => string;
  children?: ReactNode;
}

/** A dialog that asks something and does one thing. It stays open, with the reason, when that does not work. */
export function FormDialog(props: FormDialogProps) {
  const { title, note, size, action, isDanger = false, isReady = true, onSubmit, explain, onClose, children } = props;
  const [state, setState] = useState<{ isBusy: boolean; words: string | null }>({ isBusy: false, words: null });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (state.isBusy || !isReady) return;
    setState({ isBusy: true, words: null });
    try {
      await onSubmit();
      setState({ isBusy: false, words: null });
    } catch (error) {
      setState({ isBusy: false, words: explain(error) });
    }
  };
  return (
    <Dialog title={title} note={note} {...(size === undefined ? {} : { size })} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {state.words === null ? null : <Notice kind="problem">{state.words}</Notice>}
        {children}
        <DialogActions>
          <Button onClick={onClose} kind="plain">
            {t('cancel')}
          </Button>
          <Button type="submit" kind={isDanger ? 'danger' : 'primary'} isBusy={state.isBusy} disabled={!isReady}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
