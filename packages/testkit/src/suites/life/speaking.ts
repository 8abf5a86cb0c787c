import type { Doing, KnownMessage, Memory } from './memory.ts';

const EMOJI = ['👍', '❤️', '🎉', '😀'];

function withMessage(
  life: Memory,
  who: number,
  command: string,
  choice: number,
  more: Record<string, unknown> = {},
): Promise<unknown> {
  const message = recent(life, choice);
  if (message === undefined) return Promise.resolve(null);
  return life.perform(who, command, { channel_id: message.channel_id, message_id: message.id, ...more });
}

/** Mostly one of the last, where the others are busy too. */
function recent({ messages }: Memory, choice: number): KnownMessage | undefined {
  const from = choice % 3 === 0 ? 0 : Math.max(0, messages.length - 12);
  return messages[from + (choice % Math.max(1, messages.length - from))];
}

/** Words that call nobody, somebody, some role, or everybody. */
function words(life: Memory, channelId: string, choice: number): string {
  const plain = `message ${life.count}`;
  const server = life.serverOf(life.channels.find(({ id }) => id === channelId));
  switch (choice % 9) {
    case 0:
      return `${plain} <@${life.person(choice)}> <@${life.person(choice + 1)}>`;
    case 1:
      return `${plain} <@&${life.one(server?.roles ?? [], choice) ?? ''}>`;
    case 2:
      return `${plain} @everyone`;
    case 3:
      return `${plain} @here`;
    default:
      return plain;
  }
}

async function say(life: Memory, who: number, a: number, b: number, replyTo?: KnownMessage): Promise<void> {
  const channel = replyTo?.channel_id ?? life.channel(a)?.id;
  const params = {
    channel_id: channel,
    content: words(life, channel ?? '', b),
    nonce: `n${life.count}`,
    ...(replyTo !== undefined && { reply_to_id: replyTo.id }),
  };
  life.keepMessage(await life.perform(who, 'message.send', params));
}

export const speaking = {
  send: (life, who, a, b) => say(life, who, a, b),
  reply: (life, who, a, b) => say(life, who, a, b, recent(life, b)),
  edit: (life, who, a, b) =>
    withMessage(life, who, 'message.edit', a, {
      content: `edited ${words(life, recent(life, a)?.channel_id ?? '', b)}`,
    }),
  remove: (life, who, a) => withMessage(life, who, 'message.delete', a),
  bulk_delete: (life, who, a) => {
    const place = recent(life, a)?.channel_id;
    const there = life.messages.filter(({ channel_id }) => channel_id === place).slice(-5);
    if (place === undefined) return Promise.resolve(null);
    const owner = life.boss(life.serverOf(life.channels.find(({ id }) => id === place)), who);
    const params = { channel_id: place, message_ids: there.map(({ id }) => id) };
    return life.perform(owner, 'message.bulk_delete', params);
  },
  ack: (life, who, a) => withMessage(life, who, 'read.ack', a),
  mark_unread: (life, who, a) => withMessage(life, who, 'read.mark_unread', a),
  ack_all: async (life, who, a, b) => {
    const chosen = [a, b].flatMap((choice) => recent(life, choice) ?? []);
    if (chosen.length === 0) return;
    const acks = chosen.map(({ id, channel_id }) => ({ message_id: id, channel_id }));
    await life.perform(who, 'read.ack_all', { acks });
  },
  mark_all: (life, who, a) => {
    const server = life.one(life.servers, a);
    return life.perform(who, 'read.mark_all', a % 2 === 0 && server !== undefined ? { server_id: server.id } : {});
  },
  react: (life, who, a, b) =>
    withMessage(life, who, 'reaction.add', a, {
      emoji: life.one(EMOJI, b),
      ...(b % 7 === 0 && { is_super: true }),
    }),
  unreact: (life, who, a, b) => withMessage(life, who, 'reaction.remove', a, { emoji: life.one(EMOJI, b) }),
  clear_reactions: (life, who, a, b) =>
    withMessage(life, who, 'reaction.clear', a, b % 2 === 0 ? {} : { emoji: life.one(EMOJI, b) }),
  pin: (life, who, a) => withMessage(life, who, 'pin.add', a),
  unpin: (life, who, a) => withMessage(life, who, 'pin.remove', a),
} satisfies Record<string, Doing>;
