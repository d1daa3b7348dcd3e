import { Agent, request } from "node:http";

const TIMEOUT_MS = 10_000;

export type HttpCall = {
	path: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
};

/** Sends HTTP requests from one address of this machine, over connections that stay open. */
export class HttpCaller {
	readonly #url: string;
	readonly #from: string;
	readonly #agent: Agent;
	readonly #timeoutMs: number;

	constructor(url: string, from: string, atOnce: number, timeoutMs = TIMEOUT_MS) {
		this.#timeoutMs = timeoutMs;
		this.#url = url;
		this.#from = from;
		this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
	}

	/** Resolves with the status and the body; the status is 0 where there was no answer. */
	call({ path, method = "GET", headers = {}, body }: HttpCall): Promise<{ status: number; text: string }> {
		return new Promise((resolve) => {
			const none = () => resolve({ status: 0, text: "" });
			const { hostname, port } = new URL(this.#url);
			const options = { hostname, port, path, method, headers, agent: this.#agent, localAddress: this.#from };
			const outgoing = request({ ...options, timeout: this.#timeoutMs }, (response) => {
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
