import { LIMITS, type Report } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Check } from '../../ui/Check.tsx';
import { TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export type ReportAct = 'resolve' | 'dismiss' | 'reopen';
const STATUS = { resolve: 'resolved', dismiss: 'dismissed', reopen: 'open' } as const satisfies Record<
  ReportAct,
  Report['status']
>;

export interface CloseReportProps {
  act: ReportAct;
  report: Report;
  onChanged: (report: Report) => void;
  onClose: () => void;
}

/** Takes a report out of the queue, with a note for the others; the reported message may go with it. */
export function CloseReport({ act, report, onChanged, onClose }: CloseReportProps) {
  const client = useClient();
  const [note, setNote] = useState(report.note);
  const [deletes, setDeletes] = useState(false);
  const mayDelete = act === 'resolve' && report.message_id !== undefined;
  const submit = async (): Promise<void> => {
    const changed = await client.call('report.resolve', {
      report_id: report.id,
      status: STATUS[act],
      note: note.trim(),
      ...(mayDelete && deletes && { delete_message: true }),
    });
    onClose();
    onChanged(changed);
  };
  return (
    <FormDialog
      title={t(`reports.${act}.title`)}
      note={t(`reports.${act}.note`)}
      action={t(`reports.${act}`)}
      explain={sayError}
      onSubmit={submit}
      onClose={onClose}
    >
      {mayDelete ? (
        <Check label={t('reports.delete')} hint={t('reports.delete.hint')} checked={deletes} onCheck={setDeletes} />
      ) : null}
      <TextField
        label={t('reports.noteField')}
        hint={t('reports.noteField.hint')}
        maxLength={LIMITS.REPORT_REASON_MAX}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}
