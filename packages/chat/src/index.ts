/** The log and everything on it. */
export { Chat, type ChatOptions, createChat, type Profiles } from './app.ts';
export type { Outcome } from './commands/dispatch.ts';
export type { Actor } from './commands/handler.ts';
export { type AuditReader, openAuditReader } from './features/audit/open-audit-reader.ts';
export { openReportReader, type ReportReader } from './features/reports/open-report-reader.ts';
export { HistoryImport, type Imported, type ImportedMessage } from './import/history-import.ts';
export type { LogEvent, NewEvent } from './log/envelope.ts';
export type { Append, AppendResult, BatchListener, Log } from './log/log.ts';
/** The log without the rest, for benchmarks of it alone. */
export { openLogDatabase } from './log/sqlite/schema.ts';
export { SqliteLog } from './log/sqlite/sqlite-log.ts';
export type { WireAppend } from './log/sqlite/wire.ts';
export { Writer } from './log/sqlite/writer.ts';
export { type VerifyReport, verifyLog } from './projections/verify.ts';
export type { AuthPort } from './services.ts';
export type { ChatSettings } from './settings.ts';
