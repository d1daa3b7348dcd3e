import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { EVERYBODY } from "../../../../app/protocol/message.ts";
import { CodeBlock } from "./CodeBlock.tsx";
import { isEmojiOnly } from "./emoji-only.ts";
import { mentionNames } from "./mention-names.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import type { Block, Inline } from "./tree.ts";

type Props = {
	/** The source, which is also what copying the message gives. */
	body: string;
	/** The ids that the message mentions. */
	mentions?: readonly string[] | undefined;
	nameOf?: (id: string) => string | undefined;
	/** The id of the user, whose mentions are emphasised. */
	ownId?: string | undefined;
};

const NONE: readonly string[] = [];

/** The text of a message. It becomes elements, never markup. */
export function MessageText({ body, mentions = NONE, nameOf, ownId }: Props) {
	const blocks = useMemo(
		() =>
			parseMarkdown(
				body,
				mentionNames(mentions, (id) => (id === EVERYBODY ? EVERYBODY : nameOf?.(id))),
			),
		[body, mentions, nameOf],
	);
	return (
		<div class={isEmojiOnly(body) ? "text text--emoji" : "text"}>
			{blocks.map((block, index) => (
				<BlockView key={index} block={block} ownId={ownId} isTop />
			))}
		</div>
	);
}

type BlockProps = { block: Block; ownId: string | undefined; isTop?: boolean };

/** The blocks at the top have a direction of their own; the ones inside follow it. */
function BlockView({ block, ownId, isTop = false }: BlockProps) {
	const dir = isTop ? "auto" : undefined;
	const inside = (blocks: Block[]) =>
		blocks.map((child, index) => <BlockView key={index} block={child} ownId={ownId} />);

	if (block.kind === "paragraph") return <p dir={dir}>{inlines(block.children, ownId)}</p>;
	if (block.kind === "code") return <CodeBlock code={block.text} language={block.language} />;
	if (block.kind === "quote") return <blockquote dir={dir}>{inside(block.children)}</blockquote>;
	const items = block.items.map(({ value, children }, index) => (
		<li key={index} value={value}>
			{inside(children)}
		</li>
	));
	return block.ordered ? <ol dir={dir}>{items}</ol> : <ul dir={dir}>{items}</ul>;
}

function inlines(nodes: Inline[], ownId: string | undefined): ComponentChildren {
	return nodes.map((node, index) => {
		if (typeof node === "string") return node;
		if (node.kind === "code") return <code key={index}>{node.text}</code>;
		if (node.kind === "link")
			return (
				<a key={index} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
					{node.text}
				</a>
			);
		if (node.kind === "mention")
			return (
				<bdi key={index} class={isOwn(node.id, ownId) ? "mention mention--own" : "mention"}>
					{node.text}
				</bdi>
			);
		const { kind: Element, children } = node;
		return <Element key={index}>{inlines(children, ownId)}</Element>;
	});
}

function isOwn(id: string, ownId: string | undefined): boolean {
	return id === ownId || id === EVERYBODY;
}
