/** A part of a line. A string is text, with the line breaks that it contains. */
export type Inline =
	| string
	| { kind: "strong" | "em" | "del"; children: Inline[] }
	| { kind: "code"; text: string }
	| { kind: "link"; text: string; href: string }
	/** `text` is the name with its "@", as it was written. */
	| { kind: "mention"; text: string; id: string };

export type Block =
	| { kind: "paragraph"; children: Inline[] }
	| { kind: "quote"; children: Block[] }
	| { kind: "list"; ordered: boolean; items: ListItem[] }
	/** `language` is empty if none is given. */
	| { kind: "code"; language: string; text: string };

/** `value` is the number of an ordered item whose number does not follow from the item before. */
export type ListItem = { value?: number; children: Block[] };

/** What a parser may still do in one message. */
export type Budget = { nodes: number };
