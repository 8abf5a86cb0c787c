/** Log files from disk, with the annotations that lie beside them. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { annotationPath } from './annotation.ts';
import type { LogFile } from './plan.ts';

/** @throws the file system's error, which names the path, when a log cannot be read. */
export function readLogs(paths: readonly string[]): LogFile[] {
  return paths.map((path) => {
    const beside = annotationPath(path);
    return {
      name: basename(path),
      folder: basename(dirname(resolve(path))),
      bytes: readFileSync(path),
      annotation: existsSync(beside) ? readFileSync(beside, 'utf8') : null,
    };
  });
}
