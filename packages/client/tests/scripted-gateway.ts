/**
 * The other end of a WebSocket, played by a test: what comes from the client is read from `received`, and what the test
 * says is heard at once. For what a real instance would do too seldom or too slowly.
 */
import { Op, type SignedIn } from '@snug/protocol';
import {
  type ClientOptions,
  createClient,
  type SnugClient,
  type SocketConstructor,
  type SocketLike,
} from '../src/index.ts';
import { AT, id, ME, ready } from './fixtures.ts';

export interface ClientFrame {
  readonly op: number;
  readonly d: Record<string, unknown> & { token?: string; seq?: number; id?: number };
}

export class ScriptedSocket implements SocketLike {
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly received: ClientFrame[] = [];
  closedWith: number | null = null;

  send(data: string): void {
    this.received.push(JSON.parse(data) as ClientFrame);
  }

  close(code = 1000): void {
    this.readyState = 3;
    this.closedWith = code;
  }

  /** The instance says something. */
  say(op: number, more: { t?: string; s?: number; d?: unknown } = {}): void {
    this.onmessage?.({ data: JSON.stringify({ op, ...more }) } as never);
  }

  dispatch(t: string, d: unknown, s?: number): void {
    this.say(Op.DISPATCH, { t, d, ...(s !== undefined && { s }) });
  }

  hello(heartbeat_interval = 40_000): void {
    this.readyState = 1;
    this.say(Op.HELLO, { d: { heartbeat_interval } });
  }

  /** Hello, and READY to whatever was asked. */
  welcome(position: number, snapshot = ready()): void {
    this.hello();
    this.dispatch('READY', snapshot, position);
  }

  /** The instance, or the network, ends it. */
  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code } as never);
  }

  last(op: number): ClientFrame | undefined {
    return this.received.findLast((frame) => frame.op === op);
  }
}

export interface Script {
  readonly client: SnugClient;
  /** In the order they were opened. */
  readonly sockets: readonly ScriptedSocket[];
  readonly current: ScriptedSocket;
  readonly errors: readonly unknown[];
  /** Requests over HTTP, as `METHOD /path`. */
  readonly requests: readonly string[];
  /** What HTTP answers from now on; null cannot be reached. */
  answer: ((path: string) => unknown) | null;
}

const SIGNED_IN: SignedIn = {
  user: { id: ME, username: 'me', email: null, display_name: '', is_admin: false, created_at: AT },
  session_id: id(5),
  access_token: 'token-1',
  expires_in: 900,
  refresh_token: 'refresh-1',
};

/** A client that is signed in and has opened its first socket. */
export async function startScript(options: Partial<ClientOptions> = {}): Promise<Script> {
  const sockets: ScriptedSocket[] = [];
  const errors: unknown[] = [];
  const requests: string[] = [];
  let tokens = 1;
  class Opened extends ScriptedSocket {
    constructor(_url: string) {
      super();
      sockets.push(this);
    }
  }
  const respond = async (input: string | URL | Request, init?: { method?: string }): Promise<Response> => {
    const path = String(input).replace('http://script', '');
    requests.push(`${init?.method} ${path}`);
    if (path.startsWith('/api/v1/auth/')) return Response.json({ ...SIGNED_IN, access_token: `token-${tokens++}` });
    if (script.answer === null) throw new TypeError('unreachable');
    return Response.json(await script.answer(path));
  };
  const client: SnugClient = createClient({
    url: 'http://script',
    WebSocket: Opened as SocketConstructor,
    fetch: respond as typeof fetch,
    locks: null,
    random: () => 0.5,
    onError: (error) => errors.push(error),
    ...options,
  });
  const script: Script = {
    ...{ client, sockets, errors, requests },
    get current() {
      return sockets.at(-1) as ScriptedSocket;
    },
    answer: () => ({}),
  };
  await client.session.login({ login: 'me', password: 'correct horse' });
  client.connection.start();
  return script;
}
