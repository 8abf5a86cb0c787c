/** Op 3, and what Identify says: how somebody is, and in which room. */
import { type PresencePatch, Refusal } from '@snug/protocol';
import type { z } from 'zod';
import type { Reader } from '../delivery/reader.ts';
import { requireChannel } from '../features/access.ts';
import type { Services } from '../services.ts';
import type { Device } from './presence.ts';

type Patch = z.infer<typeof PresencePatch>;

/** @throws Refusal UNKNOWN_CHANNEL for a room that is not in sight; nothing has changed then. */
export function setPresence({ world, presences, rooms }: Services, reader: Reader, patch: Patch): void {
  const { status, activities, channel_id } = patch;
  if (channel_id === null) rooms.leave(reader);
  else if (channel_id !== undefined) rooms.enter(reader, requireChannel(world, reader.userId, channel_id).channel.id);
  presences.update(reader, status, activities);
}

/** A room that is not in sight any more is none: coming back must not fail for it. */
export function arrivePresent(services: Services, reader: Reader, device: Device, patch: Patch | undefined): void {
  services.presences.arrive(reader, device, patch?.status, patch?.activities);
  if (patch?.channel_id == null) return;
  try {
    setPresence(services, reader, patch);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
