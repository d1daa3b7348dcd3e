import { Agent, type RequestOptions, request } from "node:http";

const TIMEOUT_MS = 10_000;

export type HttpCall = {
	path: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
};

/** Sends HTTP requests from one address of this machine, over connections that stay open. */
export class HttpCaller {
	readonly #agent: Agent;
	readonly #options: RequestOptions;

	constructor(url: string, from: string, atOnce: number, timeoutMs = TIMEOUT_MS) {
		const { hostname, port } = new URL(url);
		this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
		this.#options = { hostname, port, agent: this.#agent, localAddress: from, timeout: timeoutMs };
	}

	/** Resolves with the status and the body; the status is 0 if there was no response. */
	call({ body, ...head }: HttpCall): Promise<{ status: number; text: string }> {
		return new Promise((resolve) => {
			const none = () => resolve({ status: 0, text: "" });
			const outgoing = request({ ...this.#options, ...head }, (response) => {
				const chunks: Buffer[] = [];
				response.on("data", (chunk: Buffer) => chunks.push(chunk));
				response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
				response.on("error", none);
			});
			outgoing.on("error", none);
			outgoing.on("timeout", () => outgoing.destroy());
			outgoing.end(body);
		});
	}

	close(): void {
		this.#agent.destroy();
	}
}
