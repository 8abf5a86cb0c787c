import { createClient } from '../../src/index.ts';

const client = createClient({ url: process.env.SNUG_URL ?? 'http://localhost:8080' });
const me = await client.session.login({ login: process.env.BOT_NAME ?? '', password: process.env.BOT_PASSWORD ?? '' });

client.on('MESSAGE_CREATE', (message) => {
  if (message.author_id === me.id || !message.content.startsWith('!echo ')) return;
  client.outbox.send({
    channel_id: message.channel_id,
    content: message.content.slice('!echo '.length),
    reply_to_id: message.id,
  });
});

client.connection.start();
process.once('SIGTERM', () => client.close());
