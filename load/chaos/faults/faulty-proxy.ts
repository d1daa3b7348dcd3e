import type { Socket } from "node:net";
import type { Random } from "../../kit/random.ts";
import { TcpProxy } from "../../kit/tcp-proxy.ts";

/** What is wrong with a connection: delay, bytes that arrive one by one, a reset in the middle of a chunk. */
type Impairment = { delayMs: number; isBytewise: boolean; resetAfterBytes: number };

/** A longer chunk stays in one piece: a page of history byte by byte would take minutes. */
const MAX_BYTEWISE_BYTES = 600;

/** A TCP proxy in front of a server. While it is faulty, each new connection gets a random impairment. */
export class FaultyProxy implements Disposable {
	resets = 0;
	readonly #random: Random;
	#proxy!: TcpProxy;
	#isFaulty = false;

	private constructor(random: Random) {
		this.#random = random;
	}

	static async open(target: string, random: Random): Promise<FaultyProxy> {
		const faulty = new FaultyProxy(random);
		faulty.#proxy = await TcpProxy.open([target], (...ends) => faulty.#join(ends));
		return faulty;
	}

	get url(): string {
		return this.#proxy.url;
	}

	/** False at first. A change resets all connections, so that every one has the new state. */
	set isFaulty(isFaulty: boolean) {
		this.#isFaulty = isFaulty;
		this.#proxy.resetAll();
	}

	[Symbol.dispose](): void {
		this.#proxy[Symbol.dispose]();
	}

	#join(ends: readonly [Socket, Socket]): void {
		const { delayMs, isBytewise, resetAfterBytes } = this.#impairment();
		let bytesLeft = resetAfterBytes;
		for (const [from, to] of [ends, [ends[1], ends[0]] as const]) {
			const later = delayInOrder(delayMs, this.#random);
			from.on("data", (chunk: Buffer) => {
				if (bytesLeft <= 0) return;
				bytesLeft -= chunk.length;
				if (bytesLeft > 0) {
					later(() => write(to, chunk, isBytewise));
					return;
				}
				later(() => {
					write(to, chunk.subarray(0, chunk.length >> 1), isBytewise);
					for (const end of ends) end.resetAndDestroy();
					this.resets++;
				});
			});
			from.on("close", () => later(() => to.end()));
			from.resume();
		}
	}

	#impairment(): Impairment {
		if (!this.#isFaulty) return { delayMs: 0, isBytewise: false, resetAfterBytes: Number.POSITIVE_INFINITY };
		const random = this.#random;
		return {
			delayMs: random.chance(0.6) ? random.between(1, 120) : 0,
			isBytewise: random.chance(0.4),
			resetAfterBytes: random.chance(0.8) ? random.between(200, 60_000) : Number.POSITIVE_INFINITY,
		};
	}
}

/** Returns a function that runs each task a random time after it was added, and never before an earlier one. */
function delayInOrder(delayMs: number, random: Random): (task: () => void) => void {
	const waiting: (() => void)[] = [];
	return (task) => {
		waiting.push(task);
		setTimeout(() => waiting.shift()!(), random.next() * delayMs);
	};
}

function write(to: Socket, chunk: Buffer, isBytewise: boolean): void {
	if (!to.writable) return;
	if (!isBytewise || chunk.length > MAX_BYTEWISE_BYTES) {
		to.write(chunk);
		return;
	}
	for (let index = 0; index < chunk.length; index++) to.write(chunk.subarray(index, index + 1));
}
