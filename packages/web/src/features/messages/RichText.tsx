import { type Block, type Inline, parseMarkdown } from '@snug/protocol';
import { memo, type ReactNode, useState } from 'react';
import { t } from '../../strings/t.ts';
import { join } from '../../ui/join.ts';
import styles from './RichText.module.css';

const ONLY_EMOJI = /^(?:\p{RGI_Emoji}|\s)+$/v;
const BIG_EMOJI_MAX = 60;

/** Message text, drawn from the parsed tree: no HTML of anybody's ever reaches the page. */
export const RichText = memo(function RichText({ content, after }: { content: string; after?: ReactNode }) {
  const isBig = content.length <= BIG_EMOJI_MAX && ONLY_EMOJI.test(content);
  const blocks = parseMarkdown(content);
  return (
    <div className={join(styles.text, isBig && styles.big)} dir="auto">
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no names and never move
        <BlockView key={at} block={block} after={at === blocks.length - 1 ? after : null} />
      ))}
    </div>
  );
});

function BlockView({ block, after }: { block: Block; after: ReactNode }) {
  if (block.type === 'code_block') {
    return (
      <>
        <pre className={styles.block}>
          {block.language === '' ? null : <span className={styles.language}>{block.language}</span>}
          <code>{block.text}</code>
        </pre>
        {after}
      </>
    );
  }
  const inside = <Inlines nodes={block.children} />;
  if (block.type === 'quote') {
    return (
      <>
        <blockquote className={styles.quote}>{inside}</blockquote>
        {after}
      </>
    );
  }
  return (
    <p>
      {inside}
      {after}
    </p>
  );
}

function Inlines({ nodes }: { nodes: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no names and never move
  return nodes.map((node, at) => <InlineView key={at} node={node} />);
}

function InlineView({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return <br />;
    case 'code':
      return <code className={styles.code}>{node.text}</code>;
    case 'link':
      return (
        <a href={node.url} target="_blank" rel="noopener noreferrer nofollow ugc">
          {node.url}
        </a>
      );
    case 'bold':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      );
    case 'spoiler':
      return (
        <Spoiler>
          <Inlines nodes={node.children} />
        </Spoiler>
      );
  }
}

/** Covered until asked for. What is covered is not in the page, so nothing reads it out either. */
function Spoiler({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return <span className={styles.revealed}>{children}</span>;
  return (
    <button type="button" className={styles.spoiler} onClick={() => setIsOpen(true)}>
      {t('spoiler')}
    </button>
  );
}
