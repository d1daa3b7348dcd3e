/** What users do with files in browser tests. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { connect, request } from "../../load/kit/client.ts";
import { signIn } from "../../load/kit/sign-in.ts";
import type { TestUser } from "./test-user.ts";

/** The part of a message that the tests read. */
type ReadMessage = {
	body: string;
	files?: { id: string; name: string; width?: number; height?: number; alt?: string }[];
};

/** Grace, who reads the kitchen without a page. */
export class Reader {
	readonly #url: string;
	readonly #token: string;
	readonly #socket: Awaited<ReturnType<typeof connect>>;

	private constructor(url: string, token: string, socket: Awaited<ReturnType<typeof connect>>) {
		this.#url = url;
		this.#token = token;
		this.#socket = socket;
	}

	static async open(t: TestContext, url: string): Promise<Reader> {
		const { token } = await signIn(url, "Grace");
		const socket = await connect(url, token);
		t.after(() => socket.disconnect());
		await request(socket, "room:join", { room: "kitchen" });
		return new Reader(url, token, socket);
	}

	async messages(): Promise<ReadMessage[]> {
		const { messages } = await request<{ messages: ReadMessage[] }>(this.#socket, "message:history", {
			room: "kitchen",
		});
		return messages;
	}

	/** Returns a content, or the status of a refusal. */
	async content(id: string): Promise<string | number> {
		const response = await fetch(`${this.#url}/api/files/${id}`, {
			headers: { authorization: `Bearer ${this.#token}` },
		});
		return response.ok ? response.text() : response.status;
	}
}

export type Given = { name: string; type: string; base64: string };

/** Grace uploads a file for the room. Returns its id. */
async function upload(url: string, token: string, room: string, name: string, content: BodyInit): Promise<string> {
	const headers = { authorization: `Bearer ${token}` };
	const response = await fetch(`${url}/api/files?${new URLSearchParams({ room, name })}`, {
		method: "POST",
		headers,
		body: content,
	});
	assert.equal(response.status, 201);
	return ((await response.json()) as { id: string }).id;
}

/** Grace sends a message with files, by their names and contents, several times. */
export async function share(
	url: string,
	body: string,
	files: [name: string, content: BodyInit][],
	times = 1,
): Promise<void> {
	const { token } = await signIn(url, "Grace");
	const socket = await connect(url, token);
	await request(socket, "room:join", { room: "kitchen" });
	for (let count = 0; count < times; count++) {
		const ids: string[] = [];
		for (const [name, content] of files) ids.push(await upload(url, token, "kitchen", name, content));
		await request(socket, "message:send", { room: "kitchen", clientId: crypto.randomUUID(), body, files: ids });
	}
	socket.disconnect();
}

/** Grace sends a file in a private room of her own. Returns its id. */
export async function sharePrivately(url: string): Promise<string> {
	const { token } = await signIn(url, "Grace");
	const socket = await connect(url, token);
	const payload = { clientId: crypto.randomUUID(), kind: "private", title: "Secret" };
	const { room } = await request<{ room: string }>(socket, "room:create", payload);
	await request(socket, "room:join", { room });
	const id = await upload(url, token, room, "secret.txt", "secret");
	await request(socket, "message:send", { room, clientId: crypto.randomUUID(), body: "", files: [id] });
	socket.disconnect();
	return id;
}

/** Drops files on the messages, or pastes them into the composer. */
export async function give({ page }: TestUser, how: "drop" | "paste", files: readonly Given[]): Promise<void> {
	await page.evaluate(
		([how, files]) => {
			const transfer = new DataTransfer();
			for (const { name, type, base64 } of files) {
				const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
				transfer.items.add(new File([bytes], name, { type }));
			}
			const common = { bubbles: true, cancelable: true };
			if (how === "paste")
				document
					.querySelector("#composer")!
					.dispatchEvent(new ClipboardEvent("paste", { ...common, clipboardData: transfer }));
			else {
				const log = document.querySelector("[role=log]")!;
				for (const type of ["dragover", "drop"])
					log.dispatchEvent(new DragEvent(type, { ...common, dataTransfer: transfer }));
			}
		},
		[how, files] as const,
	);
}

/** A photo of a phone that was held upright: the picture lies on its side. `metadata` is its EXIF. */
export async function photo({ page }: TestUser, metadata: Buffer): Promise<Given> {
	const base64 = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(3_000, 1_500);
		const context = canvas.getContext("2d")!;
		const colours = context.createLinearGradient(0, 0, 3_000, 1_500);
		for (const [at, colour] of ["#f4a259", "#5b8e7d", "#8cb369", "#bc4b51"].entries())
			colours.addColorStop(at / 3, colour);
		context.fillStyle = colours;
		context.fillRect(0, 0, 3_000, 1_500);
		const blob = await canvas.convertToBlob({ type: "image/jpeg" });
		let text = "";
		for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
		return btoa(text);
	});
	const drawn = Buffer.from(base64, "base64");
	const head = Buffer.from([0xff, 0xe1, 0, 0]);
	head.writeUInt16BE(metadata.length + 2, 2);
	const bytes = Buffer.concat([drawn.subarray(0, 2), head, metadata, drawn.subarray(2)]);
	return { name: "IMG_0042.JPG", type: "image/jpeg", base64: bytes.toString("base64") };
}

/** A picture as large as a shared photo: 2,560 x 1,920, and hundreds of kilobytes. */
export async function largePhoto({ page }: TestUser): Promise<Uint8Array<ArrayBuffer>> {
	const base64 = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(2_560, 1_920);
		const context = canvas.getContext("2d")!;
		// Leaves of all colours: a JPEG of them is about as large as that of a photo.
		for (let leaf = 0; leaf < 30_000; leaf++) {
			// Between 0 and 1, and without a pattern.
			const [a, b, c, d, e, f] = [7_919, 6_007, 3_571, 5_309, 2_741, 4_001].map((n) => ((leaf * n) % 99_991) / 99_991);
			context.fillStyle = `hsl(${360 * a!} 45% ${100 * b!}%)`;
			context.fillRect(2_560 * c!, 1_920 * d!, 4 + 40 * e!, 4 + 40 * f!);
		}
		const blob = await canvas.convertToBlob({ type: "image/webp", quality: 0.82 });
		let text = "";
		for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
		return btoa(text);
	});
	return new Uint8Array(Buffer.from(base64, "base64"));
}

/** A text file. */
export const text = (name: string, content: string): Given => ({
	name,
	type: "text/plain",
	base64: Buffer.from(content).toString("base64"),
});

/** The contents that the server has stored. */
export async function storedFiles(folder: string): Promise<Buffer[]> {
	const entries = await readdir(join(folder, "files"), { recursive: true, withFileTypes: true }).catch(() => []);
	const files = entries.filter((entry) => entry.isFile());
	return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
}
