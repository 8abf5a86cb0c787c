/**
 * What one may not see never reaches one: a random hour of hidden life, compressed, while people stay connected on every
 * transport who are outside, who were inside, or who are inside and may not look everywhere. Their bytes are searched for
 * every id, name and word of what is hidden (DLV1, PERM4).
 */
import { expect, test } from 'vitest';
import { TRANSPORTS } from '../listeners/listener.ts';
import { type OpenInstance, seeded } from './house.ts';
import { LeakProbe } from './leak-probe.ts';
import { LeakScene } from './leak-scene.ts';

const ACTS = 400;
const NAMES = ['inada', 'inbo', 'incy', 'outsider', 'member', 'demoted', 'gone'] as const;

export function leakSuite(open: OpenInstance, seeds: readonly number[]): void {
  test.each(seeds)(
    '[DLV1] [PERM4] [PERM12] [DLV25] nothing hidden reaches those outside, seed %i',
    async (seed) => {
      await using instance = await open();
      const random = seeded(seed);
      const people = [];
      for (const name of NAMES) people.push(await instance.signUp(name));
      const [ada, bo, cy, outsider, member, demoted, gone] = people as [
        never,
        never,
        never,
        never,
        never,
        never,
        never,
      ];
      const probe = (name: string, person: never): LeakProbe => new LeakProbe(instance, name, person);
      const probes = {
        outsider: probe('outsider', outsider),
        member: probe('member', member),
        demoted: probe('demoted', demoted),
        gone: probe('gone', gone),
      };
      /** Sees everything, and proves that there was something to hear. */
      const witness = probe('witness', bo);
      const scene = new LeakScene(instance, [ada, bo, cy], [outsider, member, demoted, gone]);
      const all = [...Object.values(probes), witness];
      try {
        await scene.build([member, demoted, gone], [gone]);
        await scene.initiate(demoted);
        await scene.openGateways();
        for (const one of all) await one.connect();
        for (let act = 0; act < 60; act++) await scene.inHiding(random);
        await theyLoseSight(scene, probes, random);
        await live(scene, all, random);
        for (const one of Object.values(probes)) await one.lookEverywhere(scene.serverId);
        judge(scene, probes, witness);
      } finally {
        for (const one of all) await one.close();
        await scene.close();
      }
    },
    120_000,
  );
}

type Probes = Readonly<Record<'outsider' | 'member' | 'demoted' | 'gone', LeakProbe>>;

/** Until here two of them heard what is hidden, and that was right. */
async function theyLoseSight(scene: LeakScene, { outsider, member, demoted, gone }: Probes, random: () => number) {
  const [owner] = scene.insiders;
  if (owner === undefined) throw new Error('nobody owns the house');
  expect(leaks(demoted, scene.secrets).length).toBeGreaterThan(10);
  expect(leaks(gone, scene.secrets).length).toBeGreaterThan(2);
  const { serverId: server_id, innerRole: role_id, groupId: channel_id } = scene;
  await scene.must(owner, 'member.remove_role', { server_id, role_id, user_id: demoted.person.id });
  await scene.must(gone.person, 'group.remove', { channel_id, user_id: gone.person.id });
  const last = await scene.inTheOpen(random);
  for (const one of [member, demoted, gone]) await one.until(last);
  await scene.must(owner, 'member.remove', { server_id, user_id: gone.person.id });
  await gone.until('SERVER_DELETE');
  for (const one of [outsider, member, demoted, gone]) one.forget();
}

async function live(scene: LeakScene, all: readonly LeakProbe[], random: () => number): Promise<void> {
  let isOver = false;
  const wandering = all.map((one) => one.wander(random, () => isOver));
  for (let act = 0; act < ACTS; act++) {
    if (act % 10 === 0) await scene.inTheOpen(random);
    else await scene.inHiding(random);
    if (act % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  isOver = true;
  await Promise.all(wandering);
  // Everybody is live again: a catch-up may have ended in a reset, which tells no single message.
  const last = await scene.inTheOpen(random);
  for (const one of all) if (one.name !== 'outsider' && one.name !== 'gone') await one.until(last);
}

function judge(scene: LeakScene, { outsider, member, demoted, gone }: Probes, witness: LeakProbe): void {
  for (const one of [member, demoted]) expect({ [one.name]: leaks(one, scene.secrets) }).toEqual({ [one.name]: [] });
  const house = new Set([...scene.secrets, ...scene.houseSecrets, ...scene.insiders.map(({ id }) => id)]);
  for (const one of [outsider, gone]) expect({ [one.name]: leaks(one, house) }).toEqual({ [one.name]: [] });
  // The premise: much was hidden, it could be heard where it was allowed, and everybody was listening.
  expect(scene.accepted).toBeGreaterThan(ACTS / 2);
  expect(leaks(witness, scene.secrets).length).toBeGreaterThan(ACTS / 3);
  for (const transport of TRANSPORTS) {
    for (const one of [member, demoted]) {
      const spoken = [...scene.houseSecrets].filter((word) => word.startsWith('open-'));
      const heard = spoken.filter((word) => one.heardBy(transport).includes(`"${word}"`));
      expect(heard.length).toBeGreaterThan(ACTS / 20);
    }
    expect(outsider.heardBy(transport)).toContain('session_id');
  }
}

/** What was heard that should not have been, with what stands around it. */
function leaks(probe: LeakProbe, secrets: ReadonlySet<string>): string[] {
  const { heard } = probe;
  return [...secrets].flatMap((secret) => {
    const at = heard.indexOf(secret);
    return at < 0 ? [] : [`${secret}: ...${heard.slice(Math.max(0, at - 200), at + 60)}...`];
  });
}
