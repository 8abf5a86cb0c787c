import type { Handlers } from '../../commands/handler.ts';
import { deleteMessage, deleteMessages } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { getMessage } from './get-message.ts';
import { listMessages } from './list-messages.ts';
import { sendMessage } from './send-message.ts';
import { startTyping, stopTyping } from './start-typing.ts';

export const messageHandlers = {
  'message.list': listMessages,
  'message.send': sendMessage,
  'message.get': getMessage,
  'message.edit': editMessage,
  'message.delete': deleteMessage,
  'message.bulk_delete': deleteMessages,
  'typing.start': startTyping,
  'typing.stop': stopTyping,
} satisfies Partial<Handlers>;
