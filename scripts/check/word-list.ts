/** A word that the project no longer uses, where it is looked for, and the word that takes its place. */
export type RetiredWord = {
	use: string;
	/** Matched against identifiers and file names, split at capitals and dashes: `cutLines` is "cut Lines". */
	name?: RegExp;
	/** Matched against comments, strings and documents. */
	prose?: RegExp;
	/** Matched against the path of a file. */
	path?: RegExp;
};

/** Concepts that have a standard term. The words are private inventions, in names and in prose alike. */
const CONCEPTS: RetiredWord[] = [
	both("append queue, batch", /\blanes?\b/i),
	both("reconcile, gap fill, recover", /\b(heal|heals|healed|healing)\b/i),
	both("receive, handle", /\b(hear|hears|heard|hearing)\b/i),
	both("event, message, broadcast", /\bnews\b/i),
	both("unauthenticated connections", /\bdoorsteps?\b/i),
	both("counter", /\b(tally|tallies|tallied)\b/i),
	both("fly-replay affinity", /\bhome[ -]machines?\b/i),
	both("static fast path", /\b(front[ -]door|plain[ -]answers?)\b/i),
	{ use: "Reconnector, reconnect", name: /\bcome ?backs?\b/i, prose: /\bcomebacks?\b/i },
	both("attack run", /\bsieges?\b/i),
	both("start attackers", /\b(let|lets|letting)[ -]loose\b/i),
	both("faulty proxy", /\bunwell\b/i),
	{ use: "fake", name: /\bstand ?ins?\b/i, prose: /\bstand-ins?\b/i },
	both("ticker", /\bsecond[ -]hand\b/i),
	both("receive fast path", /\bshort[ -]way\b/i),
	both("redacted", /\buntold\b/i),
	both("session revocation", /\bended[ -]sessions?\b/i),
	both("ping flood guard", /\bhold(s|ing)? web ?sockets\b/i),
];

/** Words that are retired as names and remain ordinary English in prose. */
const NAMES: RetiredWord[] = [
	{ use: "Connection, Socket or Transport", name: /^(Line|Lines)$/, path: /(^|\/)lines?\.ts$/ },
	{ use: "broadcast, emit, publish, report", name: /\b(tell|tells|told|telling)\b/i },
	{ use: "terminate, disconnect", name: /\bcuts?\b/i },
	{ use: "ReorderBuffer", name: /^Ahead$/, path: /(^|\/)ahead\.ts$/ },
	{ use: "localCluster", name: /^alone$/i, path: /(^|\/)alone\.ts$/ },
	{ use: "ModerationCommand, ActiveModeration", name: /^(Orders?|In Force)$/ },
	{ use: "RoomPlace", name: /^Place$/ },
	{ use: "commands", name: /^verbs?$/i, path: /(^|\/)verbs\.ts$/ },
	{ use: "skeletons", name: /^looks$/i, path: /(^|\/)looks\.ts$/ },
	{ use: "request trust, proxy trust", name: /^Edge( Settings)?$/, path: /^app\/edge\// },
	{ use: "withTimeout", name: /^within( Time)?$/i, path: /(^|\/)within(-time)?\.ts$/ },
	{ use: "page lifecycle", name: /^page Life$/i, path: /(^|\/)page-life\.ts$/ },
	{ use: "delayed flag", name: /\bpatience\b/i },
	{ use: "build items, system items", name: /^(arrange|asides)$/i, path: /(^|\/)(arrange|asides?)\.tsx?$/ },
	{ use: "API client, local storage, signed-in user", path: /^web\/(connection|model)\/(ask|memory|person)\.ts$/ },
];

/** Phrases that hide the subject or the mechanism of a sentence. */
const PHRASES: RetiredWord[] = [
	{ use: "sustained, permanently", prose: /\bfor good\b/i },
	{ use: "while, if", prose: /\bso long as\b/i },
	{ use: "receives, is notified, called with", prose: /\b(is|are|was|were|be|been|being|gets?) told\b/i },
	{ use: "report, describe", prose: /\b(tells?|told|telling) of\b/i },
	{ use: "release, disconnect", prose: /\b(let|lets|letting) go of\b/i },
	{ use: "the user, the caller, the client", prose: /\bwhoever\b/i },
	{ use: "the trusted address", prose: /\bwhose word\b/i },
	{ use: "wait, delay", prose: /\brests? after\b/i },
	{ use: "Returns", prose: /(^|[.:;*] )Answers (?=(a|an|the|how|what|which|whether|with|undefined|true|false)\b)/ },
	{ use: "is read, is checked", prose: /\blooked at\b/i },
	{ use: "needlessly, without effect", prose: /\bin vain\b/i },
	{ use: "again", prose: /\banew\b/i },
	{ use: "is admitted", prose: /\b(is|are|was|were|be) let in\b/i },
	{ use: "rejects", prose: /\blets \w+ not in\b/i },
	{ use: "connection", prose: /\b(waiting for the|their|its|every|dead|open|a client's) lines?\b(?! of)/i },
	{
		use: "disconnect, terminate",
		prose: /\b(is|are|was|were|be|gets?) cut\b(?! off)|\bcuts? (the|its|a|every|all)\b/i,
	},
];

export const RETIRED_WORDS: RetiredWord[] = [...CONCEPTS, ...NAMES, ...PHRASES];

function both(use: string, word: RegExp): RetiredWord {
	return { use, name: word, prose: word };
}
