import { Permission } from '@snug/protocol';
import { createDataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace, perform } from '../fixtures/places.ts';
import { type Row, scaled } from '../row.ts';
import { median } from '../stats/percentile.ts';

const MEMBERS = 200;
const CHANNELS = 50;
const ROLES = 10;
/** Of one round. */
const DECISIONS = 2_000_000;
const COLD = 20_000;
const WARM_NS = 250;
const COLD_NS = 25_000;

/** In this process, on the world as the server keeps it: who may send where, asked of all members and channels by turns. */
export const permissionDecision: Row = {
  name: 'permission-decision',
  what: `permission decision, ${ROLES} roles, overrides in every channel, warm (cold in the details)`,
  against: 'one look-up in a Map and one `and` of two bigints',
  unit: 'ns',
  bar: `warm <= ${WARM_NS} ns, cold <= ${COLD_NS} ns`,
  async measure({ scale }) {
    using folder = createDataFolder();
    return fill(folder, async (instance) => {
      const people = (await createPeople(instance, MEMBERS)) as [Person, ...Person[]];
      const { chat } = instance;
      const place = await createPlace(chat, people, CHANNELS);
      await decorate(chat, place.serverId, people, place.channelIds);
      const server = chat.world.server(place.serverId);
      const channels = place.channelIds.map((id) => chat.world.channel(id));
      if (server === undefined) throw new Error('the server is gone');
      const ask = (index: number): boolean => {
        const channel = channels[index % CHANNELS];
        const person = people[index % MEMBERS] as Person;
        return channel !== undefined && chat.world.can(person.id, channel, Permission.SEND_MESSAGES);
      };
      const rounds = Array.from({ length: scale.rounds + 1 }, () => ({
        reference: timeEach(scaled(scale, DECISIONS), bareLookUp(place.channelIds)),
        warm: timeEach(scaled(scale, DECISIONS), ask),
        cold: timeEach(scaled(scale, COLD), (index) => {
          server.bits.clear();
          return ask(index);
        }),
      })).slice(1);
      const of = (name: 'reference' | 'warm' | 'cold'): number => median(rounds.map((round) => round[name]));
      const [reference, warm, cold] = [of('reference'), of('warm'), of('cold')];
      const details = `cold ${Math.round(cold)} ns; ${server.classes.size} readers; ${ROLES} roles, ${MEMBERS} members, ${CHANNELS} channels`;
      return {
        value: warm,
        reference,
        ratio: warm / reference,
        ok: warm <= WARM_NS && cold <= COLD_NS,
        details,
      };
    });
  },
};

type Chat = Parameters<typeof perform>[0];

/** Roles for everybody in different sets, and two overrides in every channel. */
async function decorate(
  chat: Chat,
  serverId: string,
  people: readonly [Person, ...Person[]],
  channelIds: readonly string[],
): Promise<void> {
  const [owner] = people;
  const roles: string[] = [];
  while (roles.length < ROLES) {
    const { id } = await perform(chat, owner, 'role.create', { server_id: serverId, name: `role ${roles.length}` });
    roles.push(id);
  }
  for (const [index, { id }] of people.entries()) {
    const role_ids = roles.filter((_, role) => (index & (1 << (role % 5))) !== 0);
    await perform(chat, owner, 'member.update', { server_id: serverId, user_id: id, role_ids });
  }
  const bits = String(Permission.SEND_MESSAGES);
  for (const [index, channel_id] of channelIds.entries()) {
    const [one, other] = [roles[index % ROLES] as string, roles[(index + 3) % ROLES] as string];
    await perform(chat, owner, 'override.set', { channel_id, target_id: one, target_type: 'role', deny: bits });
    await perform(chat, owner, 'override.set', { channel_id, target_id: other, target_type: 'role', allow: bits });
  }
}

function bareLookUp(ids: readonly string[]): (index: number) => boolean {
  const known = new Map(ids.map((id, index) => [id, BigInt(index)]));
  return (index) => ((known.get(ids[index % ids.length] as string) ?? 0n) & Permission.SEND_MESSAGES) !== 0n;
}

/** Nanoseconds of one call. */
function timeEach(count: number, call: (index: number) => boolean): number {
  let kept = 0;
  const began = process.hrtime.bigint();
  for (let index = 0; index < count; index++) if (call(index)) kept += 1;
  const took = Number(process.hrtime.bigint() - began);
  // Used, so that no compiler leaves the calls out.
  if (kept > count) throw new Error('counted too many');
  return took / count;
}
