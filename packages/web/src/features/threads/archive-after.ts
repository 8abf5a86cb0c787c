import { t } from '../../strings/t.ts';

/** Minutes without a message after which a thread may archive itself; the one that is chosen for who does not choose. */
const ARCHIVE_AFTER = [60, 1440, 4320, 10_080] as const;
export type ArchiveAfter = (typeof ARCHIVE_AFTER)[number];
const USUAL_ARCHIVE_AFTER: ArchiveAfter = 4320;

export const archiveAfterOptions = ARCHIVE_AFTER.map((minutes) => ({
  value: String(minutes),
  label: t('thread.archiveAfter.of', minutes),
}));

export function archiveAfterOf(value: string | number | undefined): ArchiveAfter {
  return ARCHIVE_AFTER.find((minutes) => minutes === Number(value)) ?? USUAL_ARCHIVE_AFTER;
}
