import { Agent, request } from "node:http";

const PATIENCE_MS = 10_000;

export type Call = {
	path: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
};

/** Asks over HTTP from one address, over lines that stay open. */
export class HttpCaller {
	readonly #url: string;
	readonly #from: string;
	readonly #agent: Agent;
	readonly #patienceMs: number;

	constructor(url: string, from: string, atOnce: number, patienceMs = PATIENCE_MS) {
		this.#patienceMs = patienceMs;
		this.#url = url;
		this.#from = from;
		this.#agent = new Agent({ keepAlive: true, maxSockets: atOnce });
	}

	/** Its status and, if it is short, its body; the status is 0 where there was no answer. */
	call({ path, method = "GET", headers = {}, body }: Call): Promise<{ status: number; text: string }> {
		return new Promise((resolve) => {
			const none = () => resolve({ status: 0, text: "" });
			const { hostname, port } = new URL(this.#url);
			const options = { hostname, port, path, method, headers, agent: this.#agent, localAddress: this.#from };
			const asking = request({ ...options, timeout: this.#patienceMs }, (response) => {
				const chunks: Buffer[] = [];
				response.on("data", (chunk: Buffer) => chunks.push(chunk));
				response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
				response.on("error", none);
			});
			asking.on("error", none);
			asking.on("timeout", () => asking.destroy());
			asking.end(body);
		});
	}

	close(): void {
		this.#agent.destroy();
	}
}
