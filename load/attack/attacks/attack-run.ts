import { setTimeout as sleep } from "node:timers/promises";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { SessionData } from "../../../app/protocol/session.ts";
import { PacketClient } from "../../kit/packet-client.ts";
import { Random } from "../../kit/random.ts";
import { signIn } from "../../kit/sign-in.ts";
import { attackersAddress } from "../tools/addresses.ts";

const TICK_MS = 10;

/** Attempts of the attackers, by outcome. */
export type AttackCounts = {
	tried: number;
	accepted: number;
	/** Refused by the server. */
	refused: number;
	/** Connections that the server has closed. */
	disconnected: number;
	/** One sentence per forbidden response. */
	problems: string[];
};

export type Attacker = { session: SessionData; from: string };

/** The `workerData` of the attackers' thread. */
export type AttackTask = {
	/** The id of the attack. */
	id: string;
	seed: string;
	url: string;
	/** The room of the bystanders. */
	room: string;
	seconds: number;
	/** Whether the attack has to be small, for a slow machine. */
	quick: boolean;
};

/** One run of an attack: its attackers, its time, and its counts. */
export class AttackRun {
	readonly url: string;
	readonly room: string;
	readonly quick: boolean;
	readonly random: Random;
	readonly counts: AttackCounts = { tried: 0, accepted: 0, refused: 0, disconnected: 0, problems: [] };
	readonly #problems = new Set<string>();
	readonly #lastsMs: number;
	#endsAt: number;

	constructor({ seed, url, room, seconds, quick }: AttackTask) {
		this.url = url;
		this.room = room;
		this.quick = quick;
		this.random = new Random(seed);
		this.#lastsMs = seconds * 1_000;
		this.#endsAt = performance.now() + this.#lastsMs;
	}

	/** Begins the time of the attack again, after its preparations. */
	begin(): void {
		this.#endsAt = performance.now() + this.#lastsMs;
	}

	get isOver(): boolean {
		return performance.now() >= this.#endsAt;
	}

	/** Ends the attack before its time is over. */
	end(): void {
		this.#endsAt = performance.now();
	}

	/** Counts an ack as accepted or refused. */
	readonly onAck = (ack: Ack<never> | undefined): void => {
		if (ack?.ok) this.counts.accepted++;
		else if (ack) this.counts.refused++;
	};

	/** Counts an attempt. */
	try(isAccepted: boolean): void {
		this.counts.tried++;
		this.counts[isAccepted ? "accepted" : "refused"]++;
	}

	/** Counts an HTTP response; the status 0 means that the connection was closed. */
	countStatus(status: number): void {
		this.counts.tried++;
		if (status === 0) this.counts.disconnected++;
		else if (status < 400) this.counts.accepted++;
		else this.counts.refused++;
	}

	/** Records a forbidden response, each sentence once. */
	problem(sentence: string): void {
		if (this.#problems.has(sentence)) return;
		this.#problems.add(sentence);
		this.counts.problems.push(sentence);
	}

	/** Calls `act` this many times a second until the time is over, in small batches. */
	async atRate(perSecond: number, act: () => void): Promise<void> {
		const startedAt = performance.now();
		for (let done = 0; !this.isOver; await sleep(TICK_MS)) {
			const due = ((performance.now() - startedAt) / 1_000) * perSecond;
			for (; done < due; done++) act();
		}
	}

	/** Calls `act` repeatedly until the time is over, with this many calls at once. */
	async repeat(atOnce: number, act: (turn: number) => Promise<void>): Promise<void> {
		let turn = 0;
		const one = async () => {
			while (!this.isOver) await act(turn++);
		};
		await Promise.all(Array.from({ length: atOnce }, one));
	}

	async untilOver(): Promise<void> {
		while (!this.isOver) await sleep(TICK_MS);
	}

	/** Signs users in, ten from each address: the limit of sign-ins accepts no more at once. */
	async signIn(count: number, perAddress = 10): Promise<Attacker[]> {
		return await Promise.all(
			Array.from({ length: count }, async (_, number) => {
				const from = attackersAddress(Math.floor(number / perAddress));
				return { from, session: await signIn(this.url, `attacker ${number}`, { from }) };
			}),
		);
	}

	/** Resolves with a connection; with undefined if the server refuses it. */
	async tryConnect({ from, session }: Attacker): Promise<PacketClient | undefined> {
		return await PacketClient.open(this.url, session.token, from);
	}

	/** Resolves with a connection that the server has to accept. */
	async connect(attacker: Attacker): Promise<PacketClient> {
		const client = await this.tryConnect(attacker);
		if (client === undefined) throw new Error(`The connection of ${attacker.session.user.name} was refused.`);
		return client;
	}

	/** Opens this many connections of each attacker, and joins the room with all of them. */
	async join(attackers: readonly Attacker[], each: number, room: string): Promise<PacketClient[]> {
		const connections = attackers.flatMap((attacker) => Array.from({ length: each }, () => this.connect(attacker)));
		const clients = await Promise.all(connections);
		for (const client of clients) {
			const ack = await client.request("room:join", { room });
			if (!ack?.ok) throw new Error(`An attacker could not join: ${ack?.error.message ?? "the connection was closed"}`);
		}
		return clients;
	}
}
