import type { Id } from '@snug/protocol';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { findCategory } from './find-category.ts';

export interface DeleteCategoryProps {
  serverId: Id;
  categoryId: Id;
  onClose: () => void;
}

export function DeleteCategory({ serverId, categoryId, onClose }: DeleteCategoryProps) {
  const client = useClient();
  const [here, navigate] = useLocation();
  const name = useSelect((state) => findCategory(state, serverId, categoryId)?.name ?? '');
  const remove = async (): Promise<void> => {
    await client.perform('category.delete', { category_id: categoryId });
    onClose();
    if (here === paths.serverSettings(serverId, 'categories', categoryId)) {
      navigate(paths.serverSettings(serverId, 'channels'));
    }
  };
  return (
    <FormDialog
      title={t('category.delete.title', name)}
      note={t('category.delete.note')}
      action={t('category.delete')}
      isDanger
      explain={sayError}
      onSubmit={remove}
      onClose={onClose}
    />
  );
}
