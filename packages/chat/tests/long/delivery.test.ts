import { laggingLog, startInstance } from '@snug/testkit';
import { deliverySuite } from '@snug/testkit/suites/delivery-suite';

deliverySuite('SQLite', (options) => startInstance(options));
deliverySuite('SQLite a macrotask later', (options) => startInstance({ ...options, wrapLog: laggingLog }));
