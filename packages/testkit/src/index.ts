/** Real instances for tests: in this process or as one of their own, people to fill them, and the bare wire. */
export * from './free-port.ts';
export * from './lagging-log.ts';
export * from './listeners/journal.ts';
export * from './listeners/listener.ts';
export * from './people.ts';
export * from './raw-gateway.ts';
export * from './raw-rest.ts';
export * from './start-instance.ts';
export * from './start-process.ts';
export * from './stuck-socket.ts';
