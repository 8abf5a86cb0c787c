import { LIMITS } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';

/** Why somebody does it; whoever reads the audit log will want to know. */
export function ReasonField({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  return (
    <Field
      label={t('reason')}
      hint={t('reason.hint')}
      maxLength={LIMITS.REASON_MAX}
      value={reason}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
