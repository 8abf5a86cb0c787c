import { EMPTY_STATE, type OutboxEntry, type SessionState, SnugError, type State } from '@snug/client';
import { ALL_PERMISSIONS, type Channel, type Message } from '@snug/protocol';
import { paths } from '../app/paths.ts';
import { conversation } from './conversation.ts';
import { previewChannel, previewMember, previewMessage, previewServer, previewUser } from './people.ts';

export interface Scene {
  readonly path: string;
  readonly session: SessionState;
  readonly state: State;
}

const mara = previewUser('Mara', { custom_status: 'Baking', bio: 'Bread, bikes, board games.' });
const jonas = previewUser('Jonas', { custom_status: 'on the train' });
const ines = previewUser('Ines');
const bot = previewUser('Lamp', { is_bot: true });
const long = previewUser('Wolfeschlegelsteinhausenbergerdorff', { username: 'wolfe' });
const people = [mara, jonas, ines, bot, long];
const table = previewServer('The Wednesday table', mara);
const garden = previewServer('Garden plans', jonas);
const chess = previewServer('Chess', ines);
const channels = ['the-table', 'recipes', 'kitchen-counter', 'a-channel-with-a-very-long-name-that-does-not-fit'].map(
  (name, position) =>
    previewChannel(name, {
      server_id: table.id,
      position,
      topic: name === 'the-table' ? 'Wednesdays at seven. Bring a chair.' : '',
    }),
);
const [room, recipes, counter] = channels as [Channel, Channel, Channel, Channel];
const dm = previewChannel('', { type: 'dm', recipient_ids: [mara.id, jonas.id] });

const signedIn: SessionState = {
  status: 'signed_in',
  sessionId: '',
  account: {
    id: mara.id,
    username: 'mara',
    email: null,
    display_name: 'Mara',
    is_admin: true,
    created_at: mara.created_at,
  },
};
const signedOut: SessionState = { status: 'signed_out', reason: 'none' };

const known: State = {
  ...EMPTY_STATE,
  ready: true,
  me: mara,
  isAdmin: true,
  connection: { status: 'online', transport: 'websocket', retryAt: null },
  servers: new Map([table, garden, chess].map((server) => [server.id, server])),
  serverOrder: [table.id, garden.id, chess.id],
  roles: new Map([
    [
      table.id,
      [
        {
          id: table.id,
          server_id: table.id,
          name: '@everyone',
          color: 0,
          position: 0,
          permissions: String(ALL_PERMISSIONS),
          is_default: true,
          is_mentionable: false,
          created_at: table.created_at,
        },
      ],
    ],
  ]),
  channels: new Map([...channels, dm].map((channel) => [channel.id, channel])),
  users: new Map(people.map((user) => [user.id, user])),
  members: new Map([[table.id, new Map(people.map((user) => [user.id, previewMember(user, table)]))]]),
  memberLists: new Map([[table.id, { total: 5, online: 3, ids: people.map((user) => user.id) }]]),
  presences: new Map(
    (
      [
        [mara, 'online'],
        [jonas, 'idle'],
        [ines, 'dnd'],
      ] as const
    ).map(([user, status]) => [
      user.id,
      { user_id: user.id, status, custom_status: '', activities: [], client_info: {}, last_seen_at: null },
    ]),
  ),
  reads: new Map([
    [recipes.id, { lastReadId: null, readPosition: 0, unread: 4, mentions: 0 }],
    [counter.id, { lastReadId: null, readPosition: 0, unread: 12, mentions: 2 }],
    [dm.id, { lastReadId: null, readPosition: 0, unread: 1, mentions: 1 }],
  ]),
};

function withMessages(state: State, channel: Channel, messages: readonly Message[], more: Partial<State> = {}): State {
  return {
    ...state,
    messages: new Map([
      [channel.id, new Map(messages.map((message) => [message.id, { ...message, channel_id: channel.id }]))],
    ]),
    windows: new Map([
      [
        channel.id,
        {
          ids: messages.map((message) => message.id),
          from: null,
          to: null,
          hasBefore: false,
          hasAfter: false,
          loading: null,
          stale: false,
          error: null,
        },
      ],
    ]),
    ...more,
  };
}

const talk = conversation({ mara, jonas, ines, bot });
const talking = withMessages(known, room, talk, {
  typing: new Map([[room.id, new Map([[jonas.id, Number.MAX_SAFE_INTEGER]])]]),
});
const roomPath = paths.channel(table.id, room.id);
const waiting: readonly OutboxEntry[] = [
  {
    nonce: 'a',
    channel_id: room.id,
    content: 'I am on the train, tunnel ahead',
    created_at: Date.now(),
    state: 'queued',
  },
  { nonce: 'b', channel_id: room.id, content: 'back in ten', created_at: Date.now(), state: 'queued' },
  {
    nonce: 'c',
    channel_id: room.id,
    content: 'this one the server did not want',
    created_at: Date.now(),
    state: 'refused',
    error: new SnugError('MISSING_PERMISSION'),
  },
];
const broken = withMessages(known, room, []);
const failedWindow = { ...(broken.windows.get(room.id) as object), error: new SnugError('NETWORK'), hasBefore: true };

export const SCENES: Readonly<Record<string, Scene>> = {
  landing: { path: '/', session: signedOut, state: EMPTY_STATE },
  'sign-in': { path: '/login', session: signedOut, state: EMPTY_STATE },
  register: { path: '/register', session: signedOut, state: EMPTY_STATE },
  'set-up': { path: '/setup', session: signedOut, state: EMPTY_STATE },
  'not-found': { path: '/nowhere', session: signedOut, state: EMPTY_STATE },
  opening: { path: '/app', session: { status: 'restoring', error: null }, state: EMPTY_STATE },
  loading: { path: roomPath, session: signedIn, state: EMPTY_STATE },
  first: { path: '/app', session: signedIn, state: { ...EMPTY_STATE, ready: true, me: mara } },
  home: { path: '/app', session: signedIn, state: known },
  channel: { path: roomPath, session: signedIn, state: talking },
  dm: {
    path: paths.dm(dm.id),
    session: signedIn,
    state: withMessages(known, dm, [previewMessage(jonas, 'Are you home?', new Date())]),
  },
  empty: { path: roomPath, session: signedIn, state: withMessages(known, room, []) },
  messages: { path: roomPath, session: signedIn, state: known },
  error: {
    path: roomPath,
    session: signedIn,
    state: { ...broken, windows: new Map([[room.id, failedWindow]]) as unknown as State['windows'] },
  },
  offline: {
    path: roomPath,
    session: signedIn,
    state: {
      ...talking,
      connection: { status: 'offline', transport: null, retryAt: null },
      outbox: new Map([[room.id, waiting]]),
    },
  },
};
