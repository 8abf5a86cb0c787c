import type { PublicServer } from '@snug/protocol';
import { type ReactNode, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import styles from './PublicServers.module.css';
import { ServerIcon } from './ServerIcon.tsx';
import { usePublicServers } from './use-public-servers.ts';

/** The servers of this instance that anybody may join, to be found by their words. `way` is the way into one. */
export function PublicServers({ way }: { way: (server: PublicServer) => ReactNode }) {
  const [query, setQuery] = useState('');
  const pages = usePublicServers(query);
  return (
    <>
      <search>
        <Field
          label={t('discover.find')}
          placeholder={t('discover.find.example')}
          type="search"
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </search>
      <Paged
        pages={pages}
        label={t('discover.title')}
        empty={query === '' ? t('discover.none') : t('discover.noneFound')}
        bones="people"
      >
        {(server) => (
          <li key={server.id} className={styles.server}>
            <ServerIcon server={server} size={40} />
            <div className={styles.words}>
              <h2 className={styles.name}>{server.name}</h2>
              <p className={styles.count}>{t('members', server.member_count)}</p>
              {server.description === '' ? null : <p className={styles.about}>{server.description}</p>}
            </div>
            <div className={styles.way}>{way(server)}</div>
          </li>
        )}
      </Paged>
    </>
  );
}
