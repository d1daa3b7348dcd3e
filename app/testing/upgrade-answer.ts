import { connect } from "node:net";

/** Requests a WebSocket. Returns the response, up to the end of its headers. */
export async function upgradeAnswer(url: string, path: string, headers: readonly string[] = []): Promise<string> {
	const { hostname, port } = new URL(url);
	const socket = connect(Number(port), hostname);
	socket.write(
		[
			`GET ${path} HTTP/1.1`,
			`Host: ${hostname}:${port}`,
			"Connection: Upgrade",
			"Upgrade: websocket",
			"Sec-WebSocket-Version: 13",
			"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
			...headers,
			"\r\n",
		].join("\r\n"),
	);
	let answer = "";
	for await (const chunk of socket) {
		answer += String(chunk);
		if (answer.includes("\r\n\r\n")) break;
	}
	return answer;
}
