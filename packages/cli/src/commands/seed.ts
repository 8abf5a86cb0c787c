import { Command } from 'commander';
import { CliFailure, EXIT } from '../cli-failure.ts';
import { type Progress, startProgress } from '../progress.ts';
import { type SeedPlan, type SeedStep, seedInstance } from '../seed/seed-instance.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumberOption } from '../whole-number-option.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug seed                                      20 people, 3 servers, 1000 messages in ./data
  $ snug seed --users 100 --servers 5 --messages 10000
  $ snug seed --data /tmp/try && snug serve --data /tmp/try

One of the people gets a password, which is printed; the others cannot sign in.
The instance must not be running.`;

const LABELS = { people: 'People  ', servers: 'Servers ', messages: 'Messages' } as const;

export function seedCommand(terminal: Terminal): Command {
  const command = new Command('seed')
    .description('Fill the instance with sample people, servers and messages')
    .option('--users <count>', 'people to make', wholeNumberOption(1, 100_000), 20)
    .option('--servers <count>', 'servers to make', wholeNumberOption(0, 10_000), 3)
    .option('--messages <count>', 'messages to send', wholeNumberOption(0, 10_000_000), 1000)
    .option('--seed <number>', 'the same number gives the same data', wholeNumberOption(0, 2 ** 32 - 1), 1)
    .option('--json', 'print what was made as one JSON line')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action(async () => {
    const { json, ...plan } = command.opts<SeedPlan & { json?: true }>();
    if (plan.messages > 0 && plan.servers === 0) {
      throw new CliFailure('messages need a server to be sent in: use --servers', EXIT.USAGE);
    }
    const steps = progressOf(terminal, plan);
    const seeded = await withInstance(command, terminal, (instance) => seedInstance(instance, plan, steps.onStep), {
      rate_limits: 'off',
      server_creation: 'everyone',
    });
    steps.end();
    if (json) {
      terminal.out(JSON.stringify(seeded));
      return;
    }
    const { users, servers, channels, messages, sign_in } = seeded;
    terminal.out(`Made ${users} people, ${servers} servers with ${channels} channels, and ${messages} messages.`);
    if (sign_in !== null) terminal.out(`Sign in as ${sign_in.username} with the password ${sign_in.password}`);
  });
}

function progressOf(terminal: Terminal, plan: SeedPlan) {
  const totals = { people: plan.users, servers: plan.servers, messages: plan.messages };
  let current: { step: SeedStep; bar: Progress } | null = null;
  return {
    onStep: (step: SeedStep, done: number): void => {
      if (current?.step !== step) {
        current?.bar.end();
        current = { step, bar: startProgress(terminal, LABELS[step], totals[step]) };
      }
      current.bar.update(done);
    },
    end: (): void => current?.bar.end(),
  };
}
