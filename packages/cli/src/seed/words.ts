/** What sample people are called, where they meet and what they say. */
import type { Random } from './random.ts';

const NAMES = [
  'Maya',
  'Tomas',
  'Ines',
  'Bo',
  'Aisha',
  'Lars',
  'Mei',
  'Oskar',
  'Priya',
  'Jonah',
  'Wren',
  'Farid',
  'Nora',
  'Kofi',
  'Elif',
  'Hugo',
  'Sana',
  'Piotr',
  'Leila',
  'Rui',
  'Anouk',
  'Dario',
  'Yuki',
  'Freya',
  'Malik',
  'Signe',
  'Teo',
  'Zoe',
  'Arun',
  'Hanne',
  'Luca',
  'Ada',
];
const PLACES = ['The Parlour', 'Allotment 12', 'Night Shift', 'Choir', 'Bike Kitchen', 'Reading Room', 'Tea Committee'];
const CHANNELS = ['plans', 'photos', 'questions', 'off-topic', 'links', 'tonight', 'repairs', 'recipes'];
const OPENINGS = [
  'I think',
  'Did you see that',
  'Turns out',
  'Good news:',
  'Has anybody checked whether',
  'Fair point, but',
];
const SUBJECTS = [
  'the kettle',
  'the old projector',
  'that bus',
  'the key to the shed',
  'our bread starter',
  'the second speaker',
  'the blue bike',
  'the upstairs window',
  'the neighbour\u2019s cat',
];
const PREDICATES = [
  'works again',
  'needs a new fuse',
  'is where we left it',
  'comes on Thursday',
  'sounds better than ever',
  'was never ours',
  'wants a coat of paint',
  'has to be back by noon',
];
const ENDINGS = [
  '.',
  '.',
  '. I can help.',
  ', finally!',
  '. **Please** tell Bo.',
  ' \u2013 see `notes.txt`.',
  '?',
  '. \uD83D\uDE42',
];
const ASIDES = ['ok', 'thank you!', 'on my way', 'ha', 'same here', '+1', 'no rush', 'let\u2019s try'];

export function personName(index: number): string {
  const name = NAMES[index % NAMES.length] as string;
  return index < NAMES.length ? name : `${name} ${Math.floor(index / NAMES.length) + 1}`;
}

export function placeName(index: number): string {
  const name = PLACES[index % PLACES.length] as string;
  return index < PLACES.length ? name : `${name} ${Math.floor(index / PLACES.length) + 1}`;
}

export function channelNames(random: Random): string[] {
  const start = random.below(CHANNELS.length);
  return [0, 1, 2].map((step) => CHANNELS[(start + step * 3) % CHANNELS.length] as string);
}

export function sentence(random: Random): string {
  if (random.next() < 0.25) return random.pick(ASIDES);
  const clause = `${random.pick(SUBJECTS)} ${random.pick(PREDICATES)}${random.pick(ENDINGS)}`;
  return random.next() < 0.5 ? `${random.pick(OPENINGS)} ${clause}` : clause[0]?.toUpperCase() + clause.slice(1);
}
