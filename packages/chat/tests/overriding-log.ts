import type { Log } from '../src/index.ts';

/** The same log with some ports replaced; the rest goes through to it. */
export function overridingLog(log: Log, ports: Partial<Log>): Log {
  return new Proxy(log, {
    get: (target, name) => {
      const own = ports[name as keyof Log];
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
