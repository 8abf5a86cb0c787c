import { useState } from 'react';
import { Avatar, type AvatarProps } from '../../ui/Avatar.tsx';
import { join } from '../../ui/join.ts';
import styles from './ServerIcon.module.css';

export interface ServerIconProps {
  server: { readonly id: string; readonly name: string; readonly icon_url: string };
  size: NonNullable<AvatarProps['size']>;
}

/** A server's initials, with its icon over them where it has one. */
export function ServerIcon({ server, size }: ServerIconProps) {
  return (
    <span className={styles.icon}>
      <Avatar id={server.id} name={server.name} size={size} />
      <Picture key={server.icon_url} url={server.icon_url} />
    </span>
  );
}

/**
 * A picture over what stands in its place while it is not there. Only those of our own address are loaded: the
 * Content-Security-Policy refuses others, so that no stranger's host learns who looks.
 */
export function Picture({ url, className }: { url: string; className?: string | undefined }) {
  const [isBroken, setIsBroken] = useState(false);
  const isOwn = URL.canParse(url) && new URL(url).origin === location.origin;
  if (!isOwn || isBroken) return null;
  return <img className={join(styles.picture, className)} src={url} alt="" onError={() => setIsBroken(true)} />;
}
