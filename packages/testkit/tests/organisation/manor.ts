/** A server with an owner, a moderator, two members and a stranger, and short ways to ask for things in it. */
import { type Category, type Channel, Permission, type Problem, type Role } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  ok,
  type Person,
  type Place,
  refusalOf,
  startInstance,
  type TestInstance,
  type TestOptions,
} from '../../src/index.ts';

export const bits = (...names: (keyof typeof Permission)[]): string =>
  String(names.reduce((all, name) => all | Permission[name], 0n));

export class Manor implements AsyncDisposable {
  readonly instance: TestInstance;
  /** Owns every server here. */
  readonly ada: Person;
  /** Holds a role where a test gives one. */
  readonly mod: Person;
  readonly bo: Person;
  readonly cy: Person;
  /** Is in no server. */
  readonly stranger: Person;

  constructor(instance: TestInstance, [ada, mod, bo, cy, stranger]: readonly Person[]) {
    this.instance = instance;
    this.ada = ada as Person;
    this.mod = mod as Person;
    this.bo = bo as Person;
    this.cy = cy as Person;
    this.stranger = stranger as Person;
  }

  static async open(options: TestOptions = {}): Promise<Manor> {
    const instance = await startInstance(options);
    const names = ['ada', 'mod', 'bo', 'cy', 'stranger'];
    return new Manor(instance, await Promise.all(names.map((name) => instance.signUp(name))));
  }

  /** A new server with mod, bo and cy in it. */
  async house(): Promise<Place> {
    const place = await createServer(this.ada, 'The manor');
    await join(this.ada, place.server.id, this.mod, this.bo, this.cy);
    return place;
  }

  /** What must succeed over REST. */
  do<T = unknown>(person: Person, method: string, path: string, body?: unknown): Promise<T> {
    return ok(person.rest.request<T>(method, `/api/v1${path}`, body), `${person.username} ${method} ${path}`);
  }

  /** What must be refused. @returns its code. */
  no(person: Person, method: string, path: string, body?: unknown): Promise<Problem['code']> {
    return refusalOf(person.rest.request(method, `/api/v1${path}`, body));
  }

  /** The same by op 12: the result, or the code of the refusal. */
  async ask<T = unknown>(person: Person, command: string, params: Record<string, unknown>): Promise<T | string> {
    const { gateway } = await identify(this.instance.url, person.token);
    await using _closing = gateway;
    const answer = await gateway.request<T>(command, params);
    return answer.ok ? (answer.result as T) : (answer.error?.code ?? '');
  }

  /** The latest stands lowest. */
  role(serverId: string, name: string, permissions: string): Promise<Role> {
    return this.do(this.ada, 'POST', `/servers/${serverId}/roles`, { name, permissions });
  }

  give(serverId: string, person: Person, role: Role): Promise<unknown> {
    return this.do(this.ada, 'PUT', `/servers/${serverId}/members/${person.id}/roles/${role.id}`, {});
  }

  /** A role of these bits, held by mod. */
  async empower(serverId: string, permissions: string): Promise<Role> {
    const role = await this.role(serverId, 'power', permissions);
    await this.give(serverId, this.mod, role);
    return role;
  }

  category(serverId: string, name: string): Promise<Category> {
    return this.do(this.ada, 'POST', `/servers/${serverId}/categories`, { name });
  }

  channel(serverId: string, name: string, more: object = {}): Promise<Channel> {
    return this.do(this.ada, 'POST', `/servers/${serverId}/channels`, { name, ...more });
  }

  async list<T>(serverId: string, what: string, person = this.ada): Promise<T[]> {
    return (await this.do<{ items: T[] }>(person, 'GET', `/servers/${serverId}/${what}`)).items;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.instance[Symbol.asyncDispose]();
  }
}
