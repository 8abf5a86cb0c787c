/**
 * Every operation of the served OpenAPI document, asked by everybody there is: an operation without an expectation is a
 * failing test, and so is an expectation without an operation.
 */
import { COMMANDS, type Problem, REFUSALS } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { type RestAnswer, rawRest } from '../src/index.ts';
import type { Answer, Expectation, Params } from './authorisation/answers.ts';
import { EXPECTATIONS } from './authorisation/expectations.ts';
import { hiddenPairs } from './authorisation/hidden-pairs.ts';
import { buildRequest, type Operation, servedOperations } from './authorisation/operations.ts';
import { openStage, type Player, STANDINGS, STRANGERS, type Standing } from './authorisation/stage.ts';

const stage = await openStage();
afterAll(() => stage.instance[Symbol.asyncDispose]());
const { operations } = await servedOperations(stage.instance.url);

function call(operation: Operation, params: Params, player: Player): Promise<RestAnswer> {
  const { method, target, body } = buildRequest(operation, params);
  return player.rest.request(method, target, body);
}

/** Another session of the same person, or the same if theirs was signed out. */
async function twin(player: Player): Promise<Player> {
  if (player.token === undefined || player.standing === 'revoked') return player;
  const { access_token: token } = await stage.instance.running.auth.openSession(player.id);
  return { ...player, token, rest: rawRest(stage.instance.url, token) };
}

async function ask(operation: Operation, expectation: Expectation, standing: Standing): Promise<RestAnswer> {
  const known = stage.players[standing];
  const player = expectation.endsSession === true ? await twin(known) : known;
  return call(operation, await expectation.ask(stage, player), player);
}

function judge(operation: Operation, answer: RestAnswer, expected: Answer): void {
  const code = answer.status < 400 ? undefined : (answer.body as Problem).code;
  if (typeof expected === 'number') {
    expect({ status: answer.status, code }).toEqual({ status: expected, code: undefined });
    expect(operation.statuses, '[CMD15] the status of its row').toContain(expected);
    return;
  }
  expect({ status: answer.status, code }).toEqual({ status: REFUSALS[expected].status, code: expected });
  expect(operation.codes, '[CMD18] a code of its row').toContain(expected);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
}

describe('[PERM14] every operation has an expectation', () => {
  test('and every expectation an operation', () => {
    expect(operations.length, 'the premise: the document was read').toBeGreaterThan(40);
    const served = operations.map(({ name }) => name);
    expect(Object.keys(EXPECTATIONS).filter((name) => !served.includes(name))).toEqual([]);
    const commands = Object.entries(COMMANDS).filter(([, spec]) => spec.over !== 'gateway');
    expect(served.toSorted()).toEqual(commands.map(([name]) => name).toSorted());
  });

  describe.each(operations)('$name ($method $path)', (operation) => {
    const expectations = EXPECTATIONS[operation.name] ?? [];
    test('is expected to answer somehow', () => {
      expect(expectations, `write down who may call ${operation.name}`).not.toEqual([]);
    });
    for (const expectation of expectations) {
      test.each(STANDINGS)(`${expectation.what ?? ''} as %s`, async (standing) => {
        judge(operation, await ask(operation, expectation, standing), expectation.answers[standing]);
      });
    }
  });
});

describe('[PERM4] a stranger cannot tell what is hidden from what is not there', () => {
  const shown = ({ status, headers, body }: RestAnswer) => {
    const { trace_id, ...problem } = body as Problem;
    expect(trace_id).toBe(headers.get('x-trace-id'));
    const names = [...headers.keys()].filter((name) => name !== 'date').toSorted();
    return { status, problem, names, type: headers.get('content-type'), position: headers.get('snug-position') };
  };
  const pairs = operations.flatMap((operation) =>
    (EXPECTATIONS[operation.name] ?? []).flatMap((expectation) =>
      STRANGERS.filter((standing) => isHidden(expectation.answers[standing])).map((standing) => ({
        operation,
        expectation,
        standing,
        title: `${operation.name} ${expectation.what ?? ''} as ${standing}`,
      })),
    ),
  );

  test('the premise: there is much to hide', () => expect(pairs.length).toBeGreaterThan(150));

  test.each(pairs)('$title', async ({ operation, expectation, standing }) => {
    const player = stage.players[standing];
    const real = await expectation.ask(stage, player);
    const hidden = shown(await call(operation, real, player));
    const others = hiddenPairs(real);
    expect(others.length, 'something in it can be missing').toBeGreaterThan(0);
    for (const params of others) expect(shown(await call(operation, params, player))).toEqual(hidden);
  });
});

function isHidden(answer: Answer): boolean {
  return typeof answer === 'string' && (answer.startsWith('UNKNOWN_') || answer === 'INVITE_INVALID');
}
