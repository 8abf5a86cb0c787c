import type { Handlers } from '../../commands/handler.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { getMessage } from './get-message.ts';
import { listMessages } from './list-messages.ts';
import { sendMessage } from './send-message.ts';
import { startTyping } from './start-typing.ts';

export const messageHandlers = {
  'message.list': listMessages,
  'message.send': sendMessage,
  'message.get': getMessage,
  'message.edit': editMessage,
  'message.delete': deleteMessage,
  'typing.start': startTyping,
} satisfies Partial<Handlers>;
