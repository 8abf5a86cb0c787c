import { type Block, type Inline, parseMarkdown } from '@snug/protocol';
import { memo, type ReactNode, useMemo } from 'react';
import { join } from '../../ui/join.ts';
import { CodeBlockView } from './CodeBlockView.tsx';
import { isOnlyEmoji } from './is-only-emoji.ts';
import { MentionView } from './MentionView.tsx';
import styles from './RichText.module.css';
import { Spoiler } from './Spoiler.tsx';
import { useEmoji } from './use-emoji.ts';

/** Message text, drawn from the parsed tree: no HTML of anybody's ever reaches the page. */
export const RichText = memo(function RichText({ content, after }: { content: string; after?: ReactNode }) {
  const emoji = useEmoji(content);
  const blocks = useMemo(() => parseMarkdown(content, emoji), [content, emoji]);
  return (
    <div className={join(styles.text, isOnlyEmoji(blocks) && styles.big)} dir="auto">
      <Blocks nodes={blocks} after={after} />
    </div>
  );
});

/** `after` stands behind the last word, where there is one to stand behind. */
function Blocks({ nodes, after }: { nodes: readonly Block[]; after?: ReactNode }) {
  const isInline = nodes.at(-1)?.type === 'paragraph';
  return (
    <>
      {nodes.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no names and never move
        <BlockView key={at} block={block} after={isInline && at === nodes.length - 1 ? after : null} />
      ))}
      {isInline ? null : after}
    </>
  );
}

function BlockView({ block, after }: { block: Block; after: ReactNode }) {
  if (block.type === 'code_block') return <CodeBlockView language={block.language} text={block.text} />;
  if (block.type === 'quote') {
    return (
      <blockquote className={styles.quote}>
        <Blocks nodes={block.children} />
      </blockquote>
    );
  }
  return (
    <p>
      <Inlines nodes={block.children} />
      {after}
    </p>
  );
}

function Inlines({ nodes }: { nodes: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no names and never move
  return nodes.map((node, at) => <InlineView key={at} node={node} />);
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's', spoiler: Spoiler } as const;

function InlineView({ node }: { node: Inline }) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'emoji':
      return <span title={`:${node.name}:`}>{node.text}</span>;
    case 'break':
      return <br />;
    case 'code':
      return <code className={styles.code}>{node.text}</code>;
    case 'mention':
      return <MentionView mention={node} />;
    case 'link':
      return (
        <a href={node.url} target="_blank" rel="noopener noreferrer nofollow">
          {node.url}
        </a>
      );
    default: {
      const Tag = TAGS[node.type];
      return (
        <Tag>
          <Inlines nodes={node.children} />
        </Tag>
      );
    }
  }
}
