/** Chat's and delivery's figures for `/metrics`. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from '@snug/edge';
import type { Sessions } from './delivery/sessions.ts';
import type { SseStream } from './delivery/sse-sink.ts';
import type { Sync } from './delivery/sync-sink.ts';
import type { Gateway } from './edge/websocket.ts';
import type { SqliteLog } from './log/sqlite/sqlite-log.ts';
import type { Services } from './services.ts';

export interface Measured extends Services {
  readonly gateway: Gateway;
  readonly sync: Sync;
  readonly streams: ReadonlySet<SseStream>;
  readonly sessions: Sessions;
  readonly stats: SqliteLog['stats'];
}

export function chatMetrics(registry: Registry, parts: Measured): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const figures: [string, string, () => number][] = [
    ['snug_log_position', 'Position of the last event announced', () => parts.world.tail],
    ['snug_log_pending', 'Commands that wait for the log', () => parts.log.pending],
    ['snug_log_batches_total', 'Commits', () => parts.stats.batches],
    ['snug_log_events_total', 'Events committed', () => parts.stats.events],
    ['snug_log_commands_total', 'Commands the writer answered', () => parts.stats.commands],
    ['snug_log_busy_seconds_total', 'Time the writer was busy', () => parts.stats.busy_us / 1e6],
    ['snug_gateway_connections', 'Open gateway sockets', () => parts.gateway.size],
    ['snug_gateway_writes_total', 'Writes to gateway sockets', () => parts.gateway.parts.flusher.writes],
    ['snug_sync_waiting', 'Long polls that wait', () => parts.sync.waiting],
    ['snug_sse_streams', 'Open event streams', () => parts.streams.size],
    ['snug_readers', 'Live readers on all transports', () => parts.audience.size],
    ['snug_users_online', 'Users with a live reader', () => parts.audience.onlineUsers],
    ['snug_fan_out_waiting', 'Fan-out jobs that wait for a later turn', () => parts.fanOut.waiting],
    ['snug_frames_delivered_total', 'Frames handed to readers', () => parts.fanOut.delivered],
    ['snug_ready_total', 'Snapshots given', () => parts.sessions.stats.ready],
    ['snug_resumed_total', 'Readers that caught up', () => parts.sessions.stats.resumed],
    ['snug_resets_total', 'Readers that could not catch up', () => parts.sessions.stats.resets],
    ['snug_slow_readers_total', 'Readers cut off for reading too slowly', () => parts.sessions.stats.slow],
    ['snug_servers', 'Servers', () => parts.world.servers.size],
    ['snug_channels', 'Channels, DMs included', () => parts.world.channels.size],
    ['snug_users', 'Users known', () => parts.world.users.size],
    ['snug_event_loop_delay_p99_seconds', 'Delay of the event loop since the start', () => delay.percentile(99) / 1e9],
  ];
  for (const [name, help, read] of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }
  return () => delay.disable();
}
