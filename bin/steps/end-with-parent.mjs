/**
 * Preloaded by `npm start`. npm hands SIGTERM to the shell between it and us, and the shell (dash, for one) dies without
 * passing it on. Whoever stops npm wants the server to stop: when our parent is gone, we tell ourselves.
 */
const parent = process.ppid;

const timer = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(timer);
  process.kill(process.pid, 'SIGTERM');
}, 200);
timer.unref();
