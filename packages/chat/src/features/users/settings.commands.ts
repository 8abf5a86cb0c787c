import { Refusal, type UserSettings } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { relationsKey, userScope } from '../../log/envelope.ts';
import type { World } from '../../world/world.ts';

export const getSettings: HandlerOf<'settings.get'> = {
  limit: 'read',
  query: async (_params, { actor }, { world }) => ({
    result: settingsOf(world, actor.userId),
    position: world.tail,
  }),
};

/** Recorded as a whole: two devices that change different fields at once both have their way. */
export const updateSettings: HandlerOf<'settings.update'> = {
  limit: 'write',
  decide: ({ world, params, actor }) => {
    const before = settingsOf(world, actor.userId);
    const settings = { ...before, ...changesOf(params) };
    if (JSON.stringify(settings) === JSON.stringify(before)) return { answer: before };
    const scope = userScope(actor.userId);
    return {
      events: [{ type: 'USER_SETTINGS_UPDATE', scope, subject: actor.userId, body: settings }],
      guards: [{ kind: 'authority', keys: [relationsKey(actor.userId), scope], position: world.tail }],
      result: () => settings,
    };
  },
};

/** The fields that were given; a time in the one form that the log keeps. */
function changesOf(
  params: { readonly [F in keyof UserSettings]?: UserSettings[F] | undefined },
): Partial<UserSettings> {
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  const { dnd_until } = params;
  return typeof dnd_until === 'string' ? { ...given, dnd_until: new Date(dnd_until).toISOString() } : given;
}

function settingsOf(world: World, userId: string): UserSettings {
  const state = world.users.get(userId);
  if (state === undefined) throw new Refusal('UNKNOWN_USER');
  return state.settings;
}
