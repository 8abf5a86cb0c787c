import { createClient, type DispatchBody, select } from '../../src/index.ts';

const client = createClient({ url: process.env.SNUG_URL ?? 'http://localhost:8080' });
await client.session.login({ login: process.env.BOT_NAME ?? '', password: process.env.BOT_PASSWORD ?? '' });

async function answer({ id, channel_id, author_id }: DispatchBody<'MESSAGE_CREATE'>): Promise<void> {
  await client.setReaction(channel_id, id, '👀', true);
  const thread = await client.perform('thread.create', { channel_id, message_id: id, name: 'A question' });
  client.outbox.send({ channel_id: thread.id, content: `<@${author_id}> I am looking into it.` });
}

client.on('MESSAGE_CREATE', (message) => {
  // By name, by a role the bot holds, or as everyone; in threads it has said all it knows.
  const isAsked = select.mentionsMe(client.store.getState(), message) && message.parent_id === undefined;
  if (isAsked) answer(message).catch(console.error);
});

client.connection.start();
process.once('SIGTERM', () => client.close());
