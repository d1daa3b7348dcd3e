/** What the connection wants to know about the page it serves. */
export type PageLife = {
	hidden(): boolean;
	/** Called when the page was hidden or is seen again; the answer stops it. */
	onHiddenChange(listener: () => void): () => void;
	/** Called when the network came back or timers stood still for long: the line may be dead; the answer stops it. */
	onWake(listener: () => void): () => void;
};

/** The life of the page that this runs in. */
export declare function browserPageLife(): PageLife;
