import { laggingLog, startInstance } from '@snug/testkit';
import { convergenceSuite } from '@snug/testkit/suites/convergence-suite';

convergenceSuite('sqlite', (options) => startInstance(options), 12);
convergenceSuite('lagging', (options) => startInstance({ ...options, wrapLog: laggingLog }), 8);
