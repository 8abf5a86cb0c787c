import type { Handlers } from '../../commands/handler.ts';
import { createReport } from './create-report.ts';
import { getReport, listReports, resolveReport } from './work-through-reports.ts';

export const reportHandlers = {
  'report.create': createReport,
  'report.list': listReports,
  'report.get': getReport,
  'report.resolve': resolveReport,
} satisfies Partial<Handlers>;
