import { LIMITS, type Message } from '@snug/protocol';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './EditBox.module.css';
import { useAutogrow } from './use-autogrow.ts';

export interface EditBoxProps {
  message: Message;
  onDone: () => void;
  /** Everything was taken out: that asks for a deletion. */
  onEmpty: () => void;
}

/** A message's own text, to be changed where it stands. */
export function EditBox({ message, onDone, onEmpty }: EditBoxProps) {
  const client = useClient();
  const submit = useSubmit();
  const [content, setContent] = useState(message.content);
  const box = useRef<HTMLTextAreaElement>(null);
  useAutogrow(box, content);
  useEffect(() => {
    box.current?.focus();
    box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
  }, []);
  const over = content.length - LIMITS.MESSAGE_MAX;
  const save = async (): Promise<void> => {
    if (over > 0) return;
    if (content.trim() === '') return onEmpty();
    if (content === message.content) return onDone();
    const worked = await submit.run(() => client.editMessage(message.channel_id, message.id, content));
    if (worked) onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      onDone();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <div className={styles.edit}>
      <textarea
        ref={box}
        className={styles.box}
        rows={1}
        dir="auto"
        aria-label={t('edit.label')}
        value={content}
        onChange={(event) => setContent(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {submit.error === undefined ? null : (
        <p className={styles.error} role="alert">
          {sayError(submit.error)}
        </p>
      )}
      <Actions over={over} isBusy={submit.isBusy} onSave={() => void save()} onCancel={onDone} />
    </div>
  );
}

/** `over`: how many characters there are too many; 0 or less where it fits. */
function Actions(props: { over: number; isBusy: boolean; onSave: () => void; onCancel: () => void }) {
  const isTooLong = props.over > 0;
  return (
    <div className={styles.actions}>
      <Button kind="primary" isBusy={props.isBusy} disabled={isTooLong} onClick={props.onSave}>
        {t('save')}
      </Button>
      <Button kind="plain" onClick={props.onCancel}>
        {t('cancel')}
      </Button>
      <span className={isTooLong ? styles.error : styles.hint}>
        {isTooLong ? t('composer.tooLong', props.over) : t('edit.hint')}
      </span>
    </div>
  );
}
