import type { CommandResult, Report, User } from '@snug/protocol';
import { useCallback, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice } from '../../ui/Field.tsx';
import styles from './AdminPage.module.css';
import { ReportRow } from './ReportRow.tsx';

type Status = Report['status'];
const STATUSES = ['open', 'resolved', 'dismissed'] as const satisfies readonly Status[];

export interface ReportWithPeople {
  readonly report: Report;
  /** Who reported, who is reported, who closed it, as far as they are still there. */
  readonly users: ReadonlyMap<string, User>;
}

/** What people reported: the queue that administrators work through, and what became of the rest. */
export function Reports() {
  const client = useClient();
  const [status, setStatus] = useState<Status>('open');
  const load = useCallback(
    async ({ last }: PageStart<ReportWithPeople>) => {
      const page = await client.call('report.list', { status, ...(last !== null && { before: last.report.id }) });
      return { items: withPeople(page), has_more: page.has_more };
    },
    [client, status],
  );
  const pages = usePages(load);
  const { patch } = pages;
  const changed = (report: Report): void =>
    patch((items) =>
      items
        .map((one) => (one.report.id === report.id ? { ...one, report } : one))
        .filter((one) => one.report.status === status),
    );
  return (
    <>
      <p className={styles.muted}>{t('reports.note')}</p>
      <Choice
        label={t('reports.status')}
        value={status}
        options={STATUSES.map((value) => ({ value, label: t(`reports.status.${value}`) }))}
        onChoose={(value) => setStatus(STATUSES.find((one) => one === value) ?? 'open')}
      />
      <Paged pages={pages} label={t('admin.reports')} empty={t(`reports.none.${status}`)}>
        {(item) => <ReportRow key={item.report.id} item={item} onChanged={changed} />}
      </Paged>
    </>
  );
}

function withPeople({ items, users }: CommandResult<'report.list'>): ReportWithPeople[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  return items.map((report) => ({ report, users: byId }));
}
