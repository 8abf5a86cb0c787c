import { MessageFate } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { Choices } from '../../ui/Choices.tsx';

/** What becomes of somebody's messages when the account ends: all three in view, with what each of them means. */
export function FateOfMessages(props: { fate: MessageFate; onChoose: (fate: MessageFate) => void }) {
  return (
    <Choices
      legend={t('fate.legend')}
      options={MessageFate.options.map((fate) => ({
        value: fate,
        label: t(`fate.${fate}`),
        note: t(`fate.${fate}.note`),
      }))}
      value={props.fate}
      onChoose={props.onChoose}
    />
  );
}
