import type { Handlers } from '../../commands/handler.ts';
import { createChannel, deleteChannel, getChannel, listChannels } from './channels.commands.ts';
import { deleteOverride, setOverride } from './overrides.commands.ts';
import { reorderChannels, updateChannel } from './update-channel.ts';

export const channelHandlers = {
  'channel.list': listChannels,
  'channel.create': createChannel,
  'channel.get': getChannel,
  'channel.update': updateChannel,
  'channel.reorder': reorderChannels,
  'channel.delete': deleteChannel,
  'override.set': setOverride,
  'override.delete': deleteOverride,
} satisfies Partial<Handlers>;
