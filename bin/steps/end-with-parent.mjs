/**
 * Preloaded by `npm start`. npm hands SIGTERM to the shell between it and us, and the shell (dash, for one) dies without
 * passing it on. Whoever stops npm wants the server to stop: when our parent is gone, we tell ourselves, once.
 */
import { isMainThread } from 'node:worker_threads';

const CHECK_MS = 200;

function watchParent(parent) {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  timer.unref();
}

// Worker threads run preloads too, and a second signal would mean "at once".
if (isMainThread) watchParent(process.ppid);
