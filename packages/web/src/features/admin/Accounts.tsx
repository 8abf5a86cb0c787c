import { AccountState, type AdminAccount } from '@snug/protocol';
import { useCallback, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useSettled } from '../../app/use-settled.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice, Field } from '../../ui/Field.tsx';
import { AccountDialog, type OpenAct } from './AccountDialog.tsx';
import { AccountRow } from './AccountRow.tsx';
import styles from './AdminPage.module.css';

const ANY = '';
const TYPING_MS = 250;

/** Every account of the instance: found by name or address, and what can be done about each. */
export function Accounts() {
  const client = useClient();
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<string>(ANY);
  const [open, setOpen] = useState<OpenAct | null>(null);
  const query = useSettled(typed.trim().replace(/^@/, ''), TYPING_MS);
  const load = useCallback(
    ({ last }: PageStart<AdminAccount>) =>
      client.call('admin.list_users', {
        ...(query === '' ? {} : { query }),
        ...(state === ANY ? {} : { state: state as AccountState }),
        ...(last === null ? {} : { after: last.id }),
      }),
    [client, query, state],
  );
  const pages = usePages(load);
  const changed = (account: AdminAccount): void =>
    pages.patch((items) => items.map((item) => (item.id === account.id ? account : item)));
  return (
    <>
      <div className={styles.filters}>
        <Field
          label={t('accounts.find')}
          placeholder={t('accounts.find.example')}
          type="search"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Choice
          label={t('accounts.state')}
          value={state}
          options={[
            { value: ANY, label: t('accounts.state.any') },
            ...AccountState.options.map((value) => ({ value, label: t(`accounts.state.${value}`) })),
          ]}
          onChoose={setState}
        />
      </div>
      <Paged pages={pages} label={t('admin.accounts')} empty={t('accounts.none')} bones="people">
        {(account) => <AccountRow key={account.id} account={account} onAct={(act) => setOpen({ act, account })} />}
      </Paged>
      {open === null ? null : <AccountDialog open={open} onChanged={changed} onClose={() => setOpen(null)} />}
    </>
  );
}
