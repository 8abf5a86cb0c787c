import type { InvitePreview } from '@snug/protocol';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSession } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Bones } from '../../ui/Bones.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AccountPage } from '../accounts/AccountPage.tsx';
import { RegisterForm } from '../accounts/RegisterForm.tsx';
import { ServerIcon } from '../servers/ServerIcon.tsx';
import styles from './InvitePage.module.css';
import { joinedPath } from './joined-path.ts';

type Asked = { status: 'loading' } | { status: 'known'; preview: InvitePreview } | { status: 'failed'; error: unknown };

/** What an invite link opens: where it leads, who sent it, and one way in. */
export function InvitePage({ code }: { code: string }) {
  const client = useClient();
  const [asked, setAsked] = useState<Asked>({ status: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const settle = (next: Asked): void => {
      if (isCurrent) setAsked(next);
    };
    client.call('invite.get', { code }).then(
      (preview) => settle({ status: 'known', preview }),
      (error: unknown) => settle({ status: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, code]);

  if (asked.status === 'loading') {
    return (
      <AccountPage title={t('invite.title')}>
        <Bones kind="people" count={2} label={t('loading')} />
      </AccountPage>
    );
  }
  if (asked.status === 'failed') {
    return (
      <AccountPage title={t('invite.title')}>
        <Notice kind="problem">{sayError(asked.error)}</Notice>
        <Link href={paths.landing}>{t('notFound.home')}</Link>
      </AccountPage>
    );
  }
  return <Invitation preview={asked.preview} />;
}

function Invitation({ preview }: { preview: InvitePreview }) {
  const client = useClient();
  const session = useSession();
  const submit = useSubmit();
  const [, navigate] = useLocation();
  const name = (preview.server ?? preview.group)?.name || t('invite.group');
  const join = async (): Promise<void> => {
    const joined = await client.perform('invite.accept', { code: preview.code });
    navigate(joinedPath(joined), { replace: true });
  };
  // Once the account exists this page shows the way in for who is signed in: what goes wrong is said there.
  const settle = async (): Promise<void> => {
    await submit.run(join);
  };
  const next = `?next=${encodeURIComponent(paths.invite(preview.code))}`;
  return (
    <AccountPage
      title={t('invite.to', name)}
      note={t('invite.from', preview.invited_by)}
      after={
        session.status === 'signed_out' && preview.opens_registration ? (
          <>
            {t('register.have')} <Link href={`${paths.signIn}${next}`}>{t('invite.signIn')}</Link>
          </>
        ) : undefined
      }
    >
      <InvitedPlace preview={preview} name={name} />
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {session.status === 'signed_in' ? (
        <Button kind="primary" isWide isLarge isBusy={submit.isBusy} onClick={() => void submit.run(join)}>
          {t('invite.join')}
        </Button>
      ) : preview.opens_registration ? (
        <RegisterForm invite={preview.code} action={t('invite.register')} onRegistered={settle} />
      ) : (
        <Link href={`${paths.signIn}${next}`}>{t('invite.signIn')}</Link>
      )}
    </AccountPage>
  );
}

/** Where it leads: a server, or a group. */
function InvitedPlace({ preview, name }: { preview: InvitePreview; name: string }) {
  const { server, group, code } = preview;
  const about = server?.description ?? '';
  return (
    <div className={styles.server}>
      {server === undefined ? (
        <Avatar id={group?.id ?? code} name={name} size={64} />
      ) : (
        <ServerIcon server={server} size={64} />
      )}
      <div>
        <p className={styles.name}>{name}</p>
        <p className={styles.count}>{t('members', (server ?? group)?.member_count ?? 0)}</p>
        {about === '' ? null : <p>{about}</p>}
      </div>
    </div>
  );
}
