import { Copy } from 'lucide-react';
import { t } from '../../strings/t.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import styles from './CodeBlockView.module.css';

/** Code as it was written, with its language and a way to take it along. Long lines scroll. */
export function CodeBlockView({ language, text }: { language: string; text: string }) {
  const say = useToast();
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => say(t('copied')),
      () => say(t('copy.failed')),
    );
  };
  return (
    <div className={styles.block} dir="ltr">
      {language === '' ? null : <span className={styles.language}>{language}</span>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre className={styles.code} tabIndex={0}>
        <code>{text}</code>
      </pre>
      <IconButton className={styles.copy ?? ''} label={t('code.copy')} isSmall onClick={copy}>
        <Copy size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
