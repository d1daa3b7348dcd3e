import { randomUUID } from "node:crypto";
import type { SendData } from "../../app/protocol/message.ts";
import type { Ack } from "../../app/protocol/refusal.ts";
import { actionAt, type Mix, type UserAction } from "../command-line/mix.ts";
import { Random } from "../kit/random.ts";
import { REACTION_EMOJI } from "../ledger/entry-kinds.ts";
import type { RecentMessages } from "./recent-messages.ts";

/** Messages and reactions of one user that are remembered, to change them later. */
const KEPT = 32;
/** Messages of a page that a user reads. */
const PAGE = 50;

/** What an action needs of its user. */
export type Actor = {
	user: number;
	room: string;
	/** The text of a message. */
	text: string;
	recent: RecentMessages;
	/** The oldest message that the user has; undefined where that is unknown. */
	oldest(): number | undefined;
	emit(event: string, payload: Record<string, unknown>, onAck: (ack: Ack<unknown>) => void): void;
	dropConnection(onResumed: () => void): void;
	/** Uploads a picture for the room. Calls `onStored` with its id, or with undefined if it was not stored. */
	upload(room: string, onStored: (id: string | undefined) => void): void;
};

type OwnReaction = { target: number; emoji: string };

/** What one user does, turn by turn: drawn from the mix, and the same in every run. */
export class Actions {
	readonly #actor: Actor;
	readonly #mix: Mix;
	readonly #random: Random;
	/** Own messages, the newest last. */
	readonly #own: number[] = [];
	readonly #reactions: OwnReaction[] = [];
	/** Reactions that were ever set: each is set once and taken back once, so that the ledger can tell them apart. */
	readonly #everSet = new Set<string>();

	constructor(actor: Actor, mix: Mix) {
		this.#actor = actor;
		this.#mix = mix;
		this.#random = new Random(`user ${actor.user} actions`);
	}

	/** Does what is next, and calls `done` when it has been acknowledged. */
	act(done: () => void): void {
		const action = actionAt(this.#mix, this.#random.next());
		// There is nothing to change or to answer yet.
		if (!this.#try(action, done)) this.#send({}, done);
	}

	/** Returns false where the action needs a message that does not exist. */
	#try(action: UserAction, done: () => void): boolean {
		const recent = this.#actor.recent.pick(this.#random);
		switch (action) {
			case "send":
				return this.#send({}, done);
			case "mention":
				return recent !== undefined && this.#send({ mentions: [recent.author] }, done);
			case "reply":
				return recent !== undefined && this.#send({ reply: recent.seq }, done);
			case "share":
				return this.#share(done);
			case "edit":
				return this.#changeOwn("message:edit", this.#own.at(-1), { body: this.#actor.text }, done);
			case "remove":
				return this.#changeOwn("message:remove", this.#own.pop(), {}, done);
			case "react":
				return recent !== undefined && this.#react(recent.seq, done);
			case "unreact":
				return this.#takeBack(this.#reactions.shift(), done);
			case "page":
				return this.#read("message:history", { before: this.#actor.oldest() ?? recent?.seq }, done);
			case "thread":
				return recent !== undefined && this.#read("message:history", { root: recent.seq }, done);
			case "around":
				return recent !== undefined && this.#read("message:around", { seq: recent.seq }, done);
			case "rejoin":
				return this.#emit("room:leave", {}, () => this.#emit("room:join", {}, done));
			case "reconnect":
				this.#actor.dropConnection(done);
				return true;
		}
	}

	#send(references: Record<string, unknown>, done: () => void): boolean {
		return this.#emit("message:send", { clientId: randomUUID(), body: this.#actor.text, ...references }, (ack) => {
			if (ack.ok) keep(this.#own, (ack.data as SendData).seq);
			done();
		});
	}

	#share(done: () => void): boolean {
		this.#actor.upload(this.#actor.room, (id) => {
			if (id === undefined) done();
			else this.#send({ files: [id] }, done);
		});
		return true;
	}

	#changeOwn(event: string, target: number | undefined, change: Record<string, unknown>, done: () => void): boolean {
		return target !== undefined && this.#emit(event, { target, clientId: randomUUID(), ...change }, done);
	}

	#react(target: number, done: () => void): boolean {
		const start = this.#random.between(0, REACTION_EMOJI.length - 1);
		const turned = REACTION_EMOJI.map((_, index) => REACTION_EMOJI[(start + index) % REACTION_EMOJI.length]!);
		const emoji = turned.find((one) => !this.#everSet.has(`${target} ${one}`));
		if (emoji === undefined) return false;
		this.#everSet.add(`${target} ${emoji}`);
		return this.#emit("reaction:set", { target, clientId: randomUUID(), emoji, on: true }, (ack) => {
			if (ack.ok) keep(this.#reactions, { target, emoji });
			done();
		});
	}

	#takeBack(reaction: OwnReaction | undefined, done: () => void): boolean {
		if (reaction === undefined) return false;
		return this.#emit("reaction:set", { ...reaction, clientId: randomUUID(), on: false }, done);
	}

	#read(event: string, place: Record<string, unknown>, done: () => void): boolean {
		const given = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
		return this.#emit(event, { ...given, limit: PAGE }, done);
	}

	#emit(event: string, payload: Record<string, unknown>, onAck: (ack: Ack<unknown>) => void): boolean {
		this.#actor.emit(event, { room: this.#actor.room, ...payload }, onAck);
		return true;
	}
}

function keep<T>(list: T[], item: T): void {
	list.push(item);
	if (list.length > KEPT) list.shift();
}
