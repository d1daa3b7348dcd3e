// A server with a fault of the kind that FAULT names, for the test that such a fault is seen.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: Number(process.env.PORT), host: "127.0.0.1" });
const FAULTY_MESSAGE = 20;
let messages = 0;
/** @type {string | undefined} */
let held;

server.on("connection", (member) => {
	member.on("message", (data) => {
		messages++;
		const [unlucky] = server.clients;
		for (const other of server.clients) {
			const texts = other === unlucky && messages >= FAULTY_MESSAGE ? faulty(String(data)) : [String(data)];
			for (const text of texts) other.send(text);
		}
	});
});

/** @param {string} text */
function faulty(text) {
	if (process.env.FAULT === "drops") return messages === FAULTY_MESSAGE ? [] : [text];
	if (process.env.FAULT === "doubles") return messages === FAULTY_MESSAGE ? [text, text] : [text];
	if (process.env.FAULT === "changes") return [text.replace("fox", "cat")];
	if (process.env.FAULT === "goes silent") return [];
	if (process.env.FAULT === "closes") {
		const [unlucky] = server.clients;
		unlucky?.close();
		return [];
	}
	if (messages === FAULTY_MESSAGE) {
		held = text;
		return [];
	}
	const both = held === undefined ? [text] : [text, held];
	held = undefined;
	return both;
}
