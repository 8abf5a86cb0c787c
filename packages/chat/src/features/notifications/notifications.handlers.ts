import type { Handlers } from '../../commands/handler.ts';
import { listNotifications, setNotification } from './notifications.commands.ts';

export const notificationHandlers = {
  'notification.list': listNotifications,
  'notification.set': setNotification,
} satisfies Partial<Handlers>;
