import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import { type ArchiveAfter, archiveAfterOf, archiveAfterOptions } from './archive-after.ts';

/** How long a thread stays awake without a message. */
export function ArchiveAfterChoice(props: { value: ArchiveAfter; onChoose: (value: ArchiveAfter) => void }) {
  return (
    <Choice
      label={t('thread.archiveAfter')}
      hint={t('thread.archiveAfter.hint')}
      value={String(props.value)}
      options={archiveAfterOptions}
      onChoose={(value) => props.onChoose(archiveAfterOf(value))}
    />
  );
}
