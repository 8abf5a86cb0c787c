import { laggingLog, startInstance } from '../src/index.ts';
import { leakSuite } from '../src/suites/leak-suite.ts';

leakSuite((options) => startInstance(options), [1, 2]);
leakSuite((options) => startInstance({ ...options, wrapLog: laggingLog }), [3]);
