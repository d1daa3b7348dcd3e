/** The thread that uploads files, so that neither their bytes nor the latencies of messages wait for each other. */
import { once } from "node:events";
import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { UPLOADS_ROOM, type UploadBatch } from "./upload-batch.ts";

const { port, path } = workerData as { port: number; path: string };
/** A connection for each upload: the server closes one that was idle, perhaps while the next upload begins. */
const agent = new Agent({ keepAlive: false });

parentPort!.on("message", async ({ tokens, bytes, perToken }: UploadBatch) => {
	const content = Buffer.alloc(bytes, "x");
	const each = tokens.flatMap((token) => Array.from({ length: perToken }, () => upload(token, content)));
	const statuses = await Promise.all(each);
	const refused = statuses.find((status) => status !== 201);
	parentPort!.postMessage(refused === undefined ? undefined : `an upload was answered with ${refused}`);
});

/** Resolves with the status of the response, or with the reason why there is none. */
async function upload(token: string, content: Buffer): Promise<number | string> {
	const headers = { authorization: `Bearer ${token}`, "content-length": content.length };
	const outgoing = request({
		port,
		host: "127.0.0.1",
		agent,
		method: "POST",
		path: `${path}?room=${UPLOADS_ROOM}`,
		headers,
	});
	outgoing.end(content);
	try {
		const [response] = await once(outgoing, "response");
		response.resume();
		await once(response, "end");
		return response.statusCode;
	} catch (error) {
		return (error as Error).message;
	}
}
