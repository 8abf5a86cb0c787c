import type { Message, User } from '@snug/protocol';
import { previewMessage } from './people.ts';

const MINUTE = 60_000;

/** A talk that shows every way a message can look. */
export function conversation(people: Record<'mara' | 'jonas' | 'ines' | 'bot', User>): Message[] {
  const { mara, jonas, ines, bot } = people;
  const now = Date.now();
  const ago = (minutes: number): Date => new Date(now - minutes * MINUTE);
  const question = previewMessage(ines, 'Which wood did you take for the new table?', ago(60 * 24 + 40));
  return [
    previewMessage(jonas, '', ago(60 * 24 * 2), { type: 'system_join' }),
    question,
    previewMessage(
      mara,
      'Oak. It was lying in the barn since grandfather, planed it down **three times**.',
      ago(60 * 24 + 38),
      {
        type: 'reply',
        reply_to_id: question.id,
      },
    ),
    previewMessage(mara, 'The legs are from the old bench, look at https://example.org/bench?id=12', ago(60 * 24 + 37)),
    previewMessage(mara, 'Smells like honey now', ago(60 * 24 + 36), {
      is_edited: true,
      edited_at: ago(60).toISOString(),
    }),
    previewMessage(jonas, 'Kettle is on :teapot: Who brings the board? @here', ago(55)),
    previewMessage(ines, '_waves from the tram_', ago(54)),
    previewMessage(
      bot,
      'Reminder:\n> Wednesday, seven.\n> Bring a chair.\n`/table add` puts you on the list.',
      ago(53),
    ),
    previewMessage(
      jonas,
      'My dice roller, for those who asked:\n```ts\nexport function roll(sides: number, random: () => number): number {\n  return 1 + Math.floor(random() * sides);\n}\n```',
      ago(20),
    ),
    previewMessage(jonas, 'The murderer is ||the gardener||, sorry', ago(19)),
    previewMessage(ines, 'שלום לכולם, אני מאחרת בעשר דקות', ago(9)),
    previewMessage(jonas, '🎲🎲', ago(5)),
    previewMessage(
      ines,
      `${'AVeryLongWordWithoutAnyPlaceToBreakIt'.repeat(5)} and then a sentence that goes on for long enough to wrap in any window one could reasonably have open on a desk.`,
      ago(4),
      { mentions: [mara.id] },
    ),
    previewMessage(mara, 'Door is open. Cakes are in #recipes, @jonas', ago(1), { mentions: [jonas.id] }),
  ];
}
