import type { AdminAccount, Report } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { sayAgo, sayExact } from '../../app/say-time.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { AccountDialog } from './AccountDialog.tsx';
import { CloseReport, type ReportAct } from './CloseReport.tsx';
import styles from './ReportRow.module.css';
import type { ReportWithPeople } from './Reports.tsx';

export interface ReportRowProps {
  item: ReportWithPeople;
  onChanged: (report: Report) => void;
}

/** One report: about whom, by whom, what was said, and what can be done about it. */
export function ReportRow({ item: { report, users }, onChanged }: ReportRowProps) {
  const nameOf = (id: string): string => {
    const username = users.get(id)?.username ?? '';
    return username === '' ? t('instanceAudit.gone') : t('mention.user', username);
  };
  const now = new Date();
  const at = new Date(report.created_at);
  const about = report.message_id === undefined ? 'reports.about.user' : 'reports.about.message';
  return (
    <li className={styles.report}>
      <h3 className={styles.title}>{t(about, nameOf(report.user_id))}</h3>
      <p className={styles.muted} title={sayExact(at)}>
        {t('reports.by', nameOf(report.reporter_id), sayAgo(at, now))}
      </p>
      <p className={styles.reason}>{report.reason}</p>
      {report.evidence === '' ? null : (
        <figure className={styles.evidence}>
          <figcaption>{t('reports.evidence')}</figcaption>
          <blockquote>{report.evidence}</blockquote>
        </figure>
      )}
      {report.note === '' ? null : <p className={styles.muted}>{t('reports.noted', report.note)}</p>}
      {report.resolved_by === null || report.resolved_at === null ? null : (
        <p className={styles.muted}>
          {t('reports.closed', nameOf(report.resolved_by), sayAgo(new Date(report.resolved_at), now))}
        </p>
      )}
      <Acts report={report} onChanged={onChanged} />
    </li>
  );
}

function Acts({ report, onChanged }: { report: Report; onChanged: (report: Report) => void }) {
  const client = useClient();
  const submit = useSubmit();
  const say = useToast();
  const [act, setAct] = useState<ReportAct | null>(null);
  const [account, setAccount] = useState<AdminAccount | null>(null);
  const findAccount = async (): Promise<void> => {
    setAccount(await client.call('admin.get_user', { user_id: report.user_id }));
  };
  return (
    <>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <div className={styles.acts}>
        {report.status === 'open' ? (
          <>
            <Button kind="primary" onClick={() => setAct('resolve')}>
              {t('reports.resolve')}
            </Button>
            <Button onClick={() => setAct('dismiss')}>{t('reports.dismiss')}</Button>
            <Button kind="plain" isBusy={submit.isBusy} onClick={() => void submit.run(findAccount)}>
              {t('reports.suspend')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setAct('reopen')}>{t('reports.reopen')}</Button>
        )}
      </div>
      {act === null ? null : (
        <CloseReport act={act} report={report} onChanged={onChanged} onClose={() => setAct(null)} />
      )}
      {account === null ? null : (
        <AccountDialog
          open={{ act: 'suspend', account }}
          onChanged={({ username }) => say(t('reports.suspended', username))}
          onClose={() => setAccount(null)}
        />
      )}
    </>
  );
}
