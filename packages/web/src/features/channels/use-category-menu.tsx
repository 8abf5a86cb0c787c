import { select } from '@snug/client';
import { type Category, can, Permission } from '@snug/protocol';
import { ArrowDown, ArrowUp, Hash, Pencil, Shield, Trash2 } from 'lucide-react';
import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import type { MenuGroups } from '../../ui/Menu.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { useMoves } from './use-moves.ts';

/** What may be done with a category, made when its menu opens. */
export function useCategoryMenu(category: Category): () => MenuGroups {
  const client = useClient();
  const open = useDialogs();
  const [, navigate] = useLocation();
  const moves = useMoves(category.server_id);
  return useCallback(() => {
    const { id, server_id: serverId } = category;
    const bits = select.permissions(client.store.getState(), serverId);
    const edit = () => navigate(paths.serverSettings(serverId, 'categories', id));
    if (!can(bits, Permission.MANAGE_CHANNELS)) {
      if (!can(bits, Permission.MANAGE_ROLES)) return [];
      return [[{ key: 'permissions', label: t('category.permissions'), icon: <Shield size={16} />, onChoose: edit }]];
    }
    return [
      [
        {
          key: 'channel',
          label: t('channel.create'),
          icon: <Hash size={16} />,
          onChoose: () => open({ kind: 'create-channel', serverId, categoryId: id }),
        },
        { key: 'edit', label: t('category.edit'), icon: <Pencil size={16} />, onChoose: edit },
      ],
      moveEntries(
        (step) => moves.canMoveCategory(id, step),
        (step) => moves.moveCategory(id, step),
      ),
      [
        {
          key: 'delete',
          label: t('category.delete'),
          icon: <Trash2 size={16} />,
          isDanger: true,
          onChoose: () => open({ kind: 'delete-category', serverId, categoryId: id }),
        },
      ],
    ];
  }, [client, open, navigate, moves, category]);
}

/** A step up or down, where it can be taken. */
export function moveEntries(canMove: (step: 1 | -1) => boolean, move: (step: 1 | -1) => void): MenuGroups[number] {
  return [
    ...(canMove(-1)
      ? [{ key: 'up', label: t('moved.up'), icon: <ArrowUp size={16} />, onChoose: () => move(-1) }]
      : []),
    ...(canMove(1)
      ? [{ key: 'down', label: t('moved.down'), icon: <ArrowDown size={16} />, onChoose: () => move(1) }]
      : []),
  ];
}
