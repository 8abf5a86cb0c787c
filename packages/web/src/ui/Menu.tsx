import { ContextMenu, DropdownMenu } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { join } from './join.ts';
import styles from './Menu.module.css';

export interface MenuEntry {
  key: string;
  label: string;
  icon?: ReactNode;
  isDanger?: boolean;
  onChoose: () => void;
}

/** Entries in groups; a rule is drawn between groups. Empty groups vanish. */
export type MenuGroups = readonly (readonly MenuEntry[])[];

type Kit =
  | Pick<typeof DropdownMenu, 'Group' | 'Item' | 'Separator'>
  | Pick<typeof ContextMenu, 'Group' | 'Item' | 'Separator'>;

function Entries({ kit: { Group, Item, Separator }, groups }: { kit: Kit; groups: MenuProps['groups'] }) {
  const all = typeof groups === 'function' ? groups() : groups;
  const filled = all.filter((group) => group.length > 0);
  return filled.map((group, at) => (
    <Group key={group[0]?.key}>
      {at === 0 ? null : <Separator className={styles.rule} />}
      {group.map((entry) => (
        <Item
          key={entry.key}
          className={join(styles.item, entry.isDanger === true && styles.danger)}
          onSelect={entry.onChoose}
        >
          <span>{entry.label}</span>
          {entry.icon}
        </Item>
      ))}
    </Group>
  ));
}

export interface MenuProps {
  /** A function is asked when the menu opens: for rows of long lists, whose menus few ever open. */
  groups: MenuGroups | (() => MenuGroups);
  /** The control that opens it. */
  children: ReactElement;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom' | 'right';
  label: string;
  onOpenChange?: (isOpen: boolean) => void;
}

/** A menu under a button. Not modal: a modal one writes a style element, which the Content-Security-Policy refuses. */
export function Menu({ groups, children, align = 'start', side = 'bottom', label, onOpenChange }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          <Entries kit={DropdownMenu} groups={groups} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The same entries under the right button, or a long press. */
export function RightClickMenu({ groups, children, label }: Pick<MenuProps, 'groups' | 'children' | 'label'>) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className={styles.menu} collisionPadding={8} aria-label={label}>
          <Entries kit={ContextMenu} groups={groups} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}
