import type { Channel } from '@snug/protocol';
import { Archive, EyeOff, Hash, Lock, MessagesSquare, Volume2 } from 'lucide-react';
import { t } from '../../strings/t.ts';
import { Hidden } from '../../ui/Hidden.tsx';
import styles from './ChannelSign.module.css';

/** What kind of channel it is. */
export function ChannelSign({ channel, size }: { channel: Channel; size: number }) {
  const Sign = channel.type === 'voice' ? Volume2 : channel.type === 'thread' ? MessagesSquare : Hash;
  return <Sign size={size} aria-hidden="true" className={styles.sign} />;
}

/** What is particular about a channel: signs to see, words to hear. */
export function ChannelMarks({ channel }: { channel: Channel }) {
  const words = [
    channel.type === 'voice' ? t('channel.is.voice') : '',
    channel.is_private ? t('channel.is.private') : '',
    channel.is_nsfw ? t('channel.is.nsfw') : '',
    channel.is_archived ? t('channel.is.archived') : '',
  ].filter(Boolean);
  if (words.length === 0) return null;
  return (
    <span className={styles.marks} title={words.join(', ')}>
      {channel.is_private ? <Lock size={13} aria-hidden="true" /> : null}
      {channel.is_nsfw ? <EyeOff size={13} aria-hidden="true" /> : null}
      {channel.is_archived ? <Archive size={13} aria-hidden="true" /> : null}
      <Hidden>({words.join(', ')})</Hidden>
    </span>
  );
}
