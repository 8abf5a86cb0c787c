import type { PublicServer } from '@snug/protocol';
import { Link, useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';

/** The way into a public server: joining it, or opening it where one is in it already. */
export function JoinPublic({ server }: { server: PublicServer }) {
  const client = useClient();
  const submit = useSubmit();
  const [, navigate] = useLocation();
  const isIn = useSelect((state) => state.servers.has(server.id));
  const join = async (): Promise<void> => {
    await client.perform('member.join', { server_id: server.id });
    navigate(paths.server(server.id));
  };
  if (isIn) {
    return (
      <Link
        href={paths.server(server.id)}
        className={buttonClass({ kind: 'quiet' })}
        aria-label={t('discover.open', server.name)}
      >
        {t('discover.open.short')}
      </Link>
    );
  }
  return (
    <>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <Button
        kind="primary"
        aria-label={t('discover.join', server.name)}
        isBusy={submit.isBusy}
        onClick={() => void submit.run(join)}
      >
        {t('invite.join')}
      </Button>
    </>
  );
}
