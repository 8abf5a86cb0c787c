import { startInstance } from '@snug/testkit';
import { sdkConvergenceSuite } from '@snug/testkit/suites/sdk-convergence-suite';

/** Lives in which something once went wrong. They stay. */
const FAILED: readonly number[] = [];

/** `SNUG_SEED=1,2,3` lives those instead. */
const asked = process.env.SNUG_SEED?.split(',').map(Number);

sdkConvergenceSuite((options) => startInstance(options), asked ?? [...FAILED, 1, 2, 3, 4]);
