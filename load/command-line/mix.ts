/** What a user can do when it is their turn, with its description for an error message. */
export const ACTIONS = {
	send: "send a message",
	mention: "send a message that mentions somebody",
	reply: "reply to a message",
	share: "send a message with a picture",
	edit: "edit an own message",
	remove: "remove an own message",
	react: "react to a message",
	unreact: "take a reaction back",
	page: "read a page of older messages",
	thread: "read a thread",
	around: "read the messages around one",
	rejoin: "leave the room and join it again",
	reconnect: "lose the connection and resume",
} as const;

export type UserAction = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as UserAction[];

/** How often users do what, relative to each other. */
export type Mix = Record<UserAction, number>;

const MESSAGES: UserAction[] = ["send", "mention", "reply", "share"];
const CHANGES: UserAction[] = ["edit", "remove", "react", "unreact"];

/** Returns the mix in `value`, where what is not named does not happen, or a sentence that says what a mix is. */
export function readMix(value: unknown): Mix | string {
	if (typeof value !== "object" || value === null) return `mix has a number for each of ${ACTION_NAMES.join(", ")}.`;
	const given = Object.entries(value);
	const unknown = given.find(([name]) => !Object.hasOwn(ACTIONS, name));
	if (unknown) return `mix has no "${unknown[0]}". It has ${ACTION_NAMES.join(", ")}.`;
	const wrong = given.find(([, share]) => !(typeof share === "number" && share >= 0 && Number.isFinite(share)));
	if (wrong) return `mix: ${wrong[0]} is a number from 0, not "${wrong[1]}".`;
	const mix = Object.fromEntries(ACTION_NAMES.map((name) => [name, 0])) as Mix;
	Object.assign(mix, value);
	return sharesOf(mix, MESSAGES) > 0 ? mix : `mix needs one of ${MESSAGES.join(", ")}: the rate is that of messages.`;
}

/** Returns how many turns there are for each message. */
export function turnsPerMessage(mix: Mix): number {
	return sharesOf(mix, ACTION_NAMES) / sharesOf(mix, MESSAGES);
}

/** Returns how many entries of the log there are for each message, itself included. */
export function entriesPerMessage(mix: Mix): number {
	return 1 + sharesOf(mix, CHANGES) / sharesOf(mix, MESSAGES);
}

/** Returns the action at a point from 0 up to 1. */
export function actionAt(mix: Mix, point: number): UserAction {
	let left = point * sharesOf(mix, ACTION_NAMES);
	for (const name of ACTION_NAMES) {
		left -= mix[name];
		if (left < 0) return name;
	}
	return ACTION_NAMES.findLast((name) => mix[name] > 0)!;
}

function sharesOf(mix: Mix, actions: readonly UserAction[]): number {
	return actions.reduce((total, action) => total + mix[action], 0);
}
