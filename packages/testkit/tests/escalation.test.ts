/**
 * PERM24 as a walk: random administrative acts by random people of many roles, over the wire. After each act that was
 * accepted, whoever did it holds no bit, in the server or in any channel that was there, which they did not hold before.
 */

import fc from 'fast-check';
import { expect, afterAll as over, test } from 'vitest';
import { startInstance } from '../src/index.ts';
import { anAdministrativeAct } from './escalation/acts.ts';
import { openPalace } from './escalation/palace.ts';

const SEED = Number(process.env.SNUG_SEED ?? 20_261_120);
/** Seeds that ever failed. */
const KEPT: readonly number[] = [];
const RUNS = 16;

const instance = await startInstance();
over(() => instance[Symbol.asyncDispose]());
const people = await Promise.all(
  ['owner', 'high', 'mid', 'low', 'maker', 'plain'].map((name) => instance.signUp(name)),
);

const asked = { accepted: 0, refused: 0, byKind: new Map<string, number>() };

test.each([SEED, ...KEPT])(
  '[PERM24] [PERM15] [PERM17] nobody gains a bit by an act of their own, seed %i',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAdministrativeAct, { minLength: 120, maxLength: 160 }), async (acts) => {
        const palace = await openPalace(instance, people);
        for (const act of acts) {
          const outcome = await palace.perform(act);
          if (outcome === null) continue;
          asked[outcome.isAccepted ? 'accepted' : 'refused'] += 1;
          if (!outcome.isAccepted) continue;
          asked.byKind.set(outcome.what, (asked.byKind.get(outcome.what) ?? 0) + 1);
          expect(outcome.gained, `${outcome.who} by ${outcome.what} ${outcome.told}`).toEqual([]);
        }
      }),
      { numRuns: RUNS, seed, endOnFailure: true },
    );
    // Otherwise it proved nothing: a fair share was accepted, a fair share refused, and of every kind there was some.
    const { accepted, refused, byKind } = asked;
    expect(accepted / (accepted + refused)).toBeGreaterThan(0.1);
    expect(refused / (accepted + refused)).toBeGreaterThan(0.1);
    for (const what of ['role.update', 'member.add_role', 'member.remove_role', 'override.set', 'override.delete'])
      expect(byKind.get(what) ?? 0, what).toBeGreaterThan(2);
    for (const what of ['role.create', 'role.delete', 'category.set_override', 'channel.update'])
      expect(byKind.get(what) ?? 0, what).toBeGreaterThan(2);
  },
  300_000,
);
