/** A connection over HTTP long-polling, request by request. */
export class Polling {
	readonly sid: string;
	readonly #url: string;

	private constructor(url: string, sid: string) {
		this.#url = `${url}?EIO=4&transport=polling&sid=${sid}`;
		this.sid = sid;
	}

	static async open(url: string): Promise<Polling> {
		const { body } = await ask(`${url}?EIO=4&transport=polling`);
		return new Polling(url, (JSON.parse(body.slice(1)) as { sid: string }).sid);
	}

	poll(signal?: AbortSignal): Promise<PollingResponse> {
		return ask(this.#url, signal ? { signal } : {});
	}

	post(body: string): Promise<PollingResponse> {
		return ask(this.#url, { method: "POST", body });
	}
}

export type PollingResponse = { status: number; body: string };

export async function ask(url: string, init: RequestInit = {}): Promise<PollingResponse> {
	const response = await fetch(url, init);
	return { status: response.status, body: await response.text() };
}
