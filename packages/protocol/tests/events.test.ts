import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { EPHEMERAL_TYPES } from '../src/ephemeral-types.ts';
import { EVENTS, type EventSpec, isEventType } from '../src/events.ts';
import { ALL_INTENTS, Intent } from '../src/frames.ts';

const ROWS = Object.entries(EVENTS as Record<string, EventSpec>);
/** A path such as `user.bio` leads through objects, optional ones too. */
function hasField(schema: z.ZodType, [name = '', ...rest]: readonly string[]): boolean {
  const inner = 'unwrap' in schema ? (schema as z.ZodOptional<z.ZodType>).unwrap() : schema;
  const field = (inner as z.ZodObject).shape?.[name] as z.ZodType | undefined;
  return field !== undefined && (rest.length === 0 || hasField(field, rest));
}
const fieldsOf = (spec: EventSpec) => Object.keys((spec.body as z.ZodObject).shape);

describe('the table of events', () => {
  it('[DLV2] asks an audience that its scope can answer', () => {
    const answers = {
      server: ['members', 'managers'],
      channel: ['viewers'],
      user: ['subject'],
      instance: [] as string[],
    };
    for (const [type, { scope, audience }] of ROWS) {
      expect({ type, to: audience.to }).toEqual({
        type,
        to: expect.toSatisfy((to: string) => to === 'none' || answers[scope].includes(to)),
      });
    }
  });

  it('[DLV3] tells invite codes to managers or to nobody', () => {
    const withSecret = ROWS.filter(([, spec]) =>
      fieldsOf(spec).some((field) => ['code', 'token', 'ticket'].includes(field)),
    );
    expect(withSecret.length).toBeGreaterThan(0);
    for (const [type, spec] of withSecret) {
      expect({ type, to: spec.audience.to }).toEqual({ type, to: expect.stringMatching(/^(managers|none)$/) });
    }
  });

  it('[DLV10] asks who hears of an end before the end', () => {
    expect(EVENTS.CHANNEL_DELETE.when).toBe('before');
    expect(EVENTS.SERVER_DELETE.when).toBe('before');
    expect(EVENTS.MEMBER_REMOVE.when).toBe('both');
  });

  it('[LOG16] names erasable fields that the body has', () => {
    for (const [type, spec] of ROWS) {
      const unknown = spec.erasable.filter((field) => !hasField(spec.body, field.split('.')));
      expect({ type, unknown }).toEqual({ type, unknown: [] });
    }
  });

  it('[LOG16] can erase everything a person writes in a message', () => {
    for (const field of ['content', 'content_html', 'attachments', 'embeds']) {
      expect(EVENTS.MESSAGE_CREATE.erasable).toContain(field);
    }
    expect(EVENTS.MESSAGE_UPDATE.erasable).toEqual(expect.arrayContaining(['content', 'content_html']));
  });

  it('[DLV24] gives an event one intent, or none when nobody hears it', () => {
    for (const [type, { intent, audience }] of ROWS) {
      if (intent === 0) expect({ type, to: audience.to }).toEqual({ type, to: 'none' });
      else expect(Object.values(Intent)).toContain(intent);
    }
    expect(ALL_INTENTS).toBe(Object.values(Intent).reduce((sum, bit) => sum + bit, 0));
  });

  it('[DLV23] has no row for what does not last', () => {
    for (const type of EPHEMERAL_TYPES) expect(isEventType(type)).toBe(false);
  });

  it('is not fooled by names that every object has', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(isEventType(name)).toBe(false);
  });
});
