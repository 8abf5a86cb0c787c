/** A log line for each key event, and one a second for messages: what happened, never what was said. */
import type { Logger } from '@snug/edge';
import type { EventType } from '@snug/protocol';
import type { LogEvent } from './log/envelope.ts';

const KEY: Partial<Record<EventType, string>> = {
  USER_CREATE: 'user_provisioned',
  SERVER_CREATE: 'server_created',
  SERVER_DELETE: 'server_deleted',
  CHANNEL_CREATE: 'channel_created',
  CHANNEL_DELETE: 'channel_deleted',
  MEMBER_ADD: 'member_joined',
  MEMBER_REMOVE: 'member_left',
  INVITE_CREATE: 'invite_made',
  INVITE_USE: 'invite_redeemed',
  INVITE_DELETE: 'invite_revoked',
};

export function keyEvents(logger: Logger): (event: LogEvent) => void {
  let messages = 0;
  let isCounting = false;
  return (event) => {
    if (event.type === 'MESSAGE_CREATE') {
      messages += 1;
      if (isCounting) return;
      isCounting = true;
      setTimeout(() => {
        logger.info({ event: 'messages_persisted', count: messages, position: event.position }, 'messages persisted');
        messages = 0;
        isCounting = false;
      }, 1000).unref();
      return;
    }
    const name = KEY[event.type];
    if (name === undefined || event.origin === 'import') return;
    // An invite's subject is its server: the code itself is a bearer secret and stays out.
    logger.info(
      {
        event: name,
        trace_id: event.trace,
        actor: event.actor,
        subject: event.subject,
        scope: event.scope,
        position: event.position,
      },
      name,
    );
  };
}
