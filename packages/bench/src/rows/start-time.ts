import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@snug/testkit';
import { createHistory, type History, MILLION, sharedMillion } from '../fixtures/million.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { launchSnug } from '../process/snug-server.ts';
import type { Row } from '../row.ts';
import { interleave } from '../stats/interleave.ts';

const RATIO = 1.5;
const LIMIT_MS = 1000;
const GIVE_UP_MS = 60_000;

export const startTime: Row = {
  name: 'start-time',
  what: `start to first READY answered, ${MILLION} messages`,
  against: 'the same with 0',
  unit: 'ms',
  bar: `ratio <= ${RATIO}, and value <= ${LIMIT_MS} ms`,
  async measure(context) {
    const full = await sharedMillion(context);
    using empty = await createHistory(0, 0);
    const { ours, reference, ourRounds, referenceRounds } = await interleave(
      context.scale.rounds,
      () => timeToReady(empty),
      () => timeToReady(full),
    );
    const ratio = ours / reference;
    const spread = (rounds: readonly number[]): string => rounds.map((ms) => Math.round(ms)).join(', ');
    const details = `from the process's start; rounds ${spread(ourRounds)} against ${spread(referenceRounds)}`;
    return { value: ours, reference, ratio, ok: ratio <= RATIO && ours <= LIMIT_MS, details };
  },
};

/** ms from starting `snug serve` to a client having its READY. */
async function timeToReady({ data, member }: History): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  await using child = launchSnug({ data, profiles: null }, port, []);
  while (!(await isListening(port))) {
    if (!child.isRunning || performance.now() - began > GIVE_UP_MS)
      throw new Error(`snug did not start:\n${child.output}`);
    await pause(2);
  }
  await using client = await GatewayClient.open({ port, token: member.token, heard: new Heard() });
  const ms = performance.now() - began;
  if (client.failure !== null) throw new Error(client.failure);
  return ms;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isOpen: boolean) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
  });
}
