import { CircleAlert, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { join } from './join.ts';
import styles from './Notice.module.css';

/** A box of words inside a page: what went wrong and what to do, or something worth knowing. */
export function Notice(props: { kind: 'problem' | 'news'; children: ReactNode }) {
  const Icon = props.kind === 'problem' ? CircleAlert : Info;
  return (
    <div className={join(styles.notice, styles[props.kind])} role={props.kind === 'problem' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden="true" />
      <div>{props.children}</div>
    </div>
  );
}
