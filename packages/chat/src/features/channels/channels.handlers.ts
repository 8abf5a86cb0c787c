import type { Handlers } from '../../commands/handler.ts';
import { createChannel, deleteChannel, getChannel, listChannels, updateChannel } from './channels.commands.ts';

export const channelHandlers = {
  'channel.list': listChannels,
  'channel.create': createChannel,
  'channel.get': getChannel,
  'channel.update': updateChannel,
  'channel.delete': deleteChannel,
} satisfies Partial<Handlers>;
