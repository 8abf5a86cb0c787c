import { join } from 'node:path';
import { startInstance } from '@snug/testkit';
import { expect, test } from 'vitest';
import { auditSends } from '../src/load/audit-sends.ts';
import { GatewayClient } from '../src/load/gateway-client.ts';
import { Heard } from '../src/load/heard.ts';
import { Sends } from '../src/load/sends.ts';
import { until } from '../src/load/until.ts';

/** One person in a server of their own, who has said three things. */
async function threeSends() {
  const instance = await startInstance();
  const maya = await instance.signUp('maya');
  const created = await maya.rest.post<{ channels: { id: string }[] }>('/api/v1/servers', { name: 'Parlour' });
  const channelId = created.body.channels[0]?.id as string;
  const client = await GatewayClient.open({ port: instance.port, token: maya.token, heard: new Heard() });
  const sends = new Sends();
  const after = client.cursor;
  client.onAnswer = (index, position) => sends.acknowledge(index, position);
  for (let count = 0; count < 3; count++) client.send(sends.nextFrame(channelId));
  await until(
    () => sends.acknowledged === 3 && client.received === 3,
    () => 'not everything came',
  );
  const options = { file: join(instance.data, 'chat.db'), after, sends, readers: new Map([[channelId, [client]]]) };
  return { instance, client, sends, options };
}

test('the audit passes what is there, and fails what is not', async () => {
  const { instance, client, sends, options } = await threeSends();
  await using _instance = instance;
  await using _client = client;
  expect(() => auditSends(options)).not.toThrow();

  const [first, second] = sends.positions as [number, number];
  sends.positions[0] = second;
  sends.positions[1] = first;
  expect(() => auditSends(options)).toThrow('the log does not hold send 0');
  sends.positions[0] = first;
  sends.positions[1] = second;

  client.received = 2;
  expect(() => auditSends(options)).toThrow('a reader heard 2 of 3 messages');
  client.received = 3;

  sends.next('0'.repeat(26));
  expect(() => auditSends(options)).toThrow('1 sends were never acknowledged');
  sends.acknowledge(3, second + 10);
  expect(() => auditSends(options)).toThrow('the log holds 3 messages, 4 were acknowledged');
  expect(() => sends.acknowledge(3, second)).toThrow('twice');
});

test('readers of one channel must hear the same positions in the same order', () => {
  const heard = new Heard();
  for (const position of [5, 9, 12]) heard.add(heard.positions.length, position);
  heard.add(0, 5);
  heard.add(1, 9);
  expect(heard.faults).toEqual([]);
  heard.add(2, 13);
  expect(heard.faults).toHaveLength(1);
  heard.add(3, 11);
  expect(heard.faults).toHaveLength(2);
});
