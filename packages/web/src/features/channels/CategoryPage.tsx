import { select } from '@snug/client';
import { type Category, can, type Id, LIMITS, Permission } from '@snug/protocol';
import { paths } from '../../app/paths.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { OverrideList } from '../roles/OverrideList.tsx';
import { ChangeBar } from '../servers/ChangeBar.tsx';
import { SettingsClosed } from '../servers/SettingsClosed.tsx';
import { SettingsPage, SettingsSection } from '../servers/SettingsPage.tsx';
import { useChanges } from '../servers/use-changes.ts';
import { useDialogs } from '../shell/dialogs.ts';
import { findCategory } from './find-category.ts';

/** One category: its name, and what holds in all of its channels. */
export function CategoryPage({ serverId, categoryId }: { serverId: Id; categoryId: Id }) {
  const client = useClient();
  const open = useDialogs();
  const category = useSelect((state) => findCategory(state, serverId, categoryId));
  const bits = useSelect((state) => select.permissions(state, serverId));
  const mayChange = can(bits, Permission.MANAGE_CHANNELS);
  const mayAllow = can(bits, Permission.MANAGE_ROLES);
  if (category === undefined || !(mayChange || mayAllow)) return <SettingsClosed serverId={serverId} />;
  return (
    <SettingsPage
      title={category.name}
      back={{ href: paths.serverSettings(serverId, 'channels'), label: t('channel.back') }}
    >
      {mayChange ? <CategoryForm category={category} /> : null}
      {mayAllow ? (
        <SettingsSection title={t('override.title')} note={t('category.permissions.note')}>
          <OverrideList
            serverId={serverId}
            overrides={category.permission_overrides}
            own={bits}
            onSet={async (override) => {
              await client.perform('category.set_override', { category_id: categoryId, ...override });
            }}
            onRemove={async (targetId) => {
              await client.perform('category.delete_override', { category_id: categoryId, target_id: targetId });
            }}
          />
        </SettingsSection>
      ) : null}
      {mayChange ? (
        <SettingsSection title={t('category.delete')} note={t('category.delete.note')}>
          <Button kind="danger" onClick={() => open({ kind: 'delete-category', serverId, categoryId })}>
            {t('category.delete')}
          </Button>
        </SettingsSection>
      ) : null}
    </SettingsPage>
  );
}

function CategoryForm({ category }: { category: Category }) {
  const client = useClient();
  const { facts, set, submit, bar } = useChanges({ name: category.name }, (change) =>
    client.perform('category.update', { category_id: category.id, ...change }),
  );
  return (
    <form onSubmit={submit}>
      <Field
        label={t('category.name.label')}
        required
        maxLength={LIMITS.CATEGORY_NAME_MAX}
        value={facts.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <ChangeBar {...bar} />
    </form>
  );
}
