// A server with the fault that FAULT names, for the tests that verify that faults are detected.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: Number(process.env.PORT), host: "127.0.0.1" });
const FAULTY_MESSAGE = 20;
let messages = 0;
/** @type {string | undefined} */
let delayed;

server.on("connection", (member) => {
	member.on("message", (data) => {
		messages++;
		const [victim] = server.clients;
		for (const other of server.clients) {
			const texts = other === victim && messages >= FAULTY_MESSAGE ? faulty(String(data)) : [String(data)];
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
		const [victim] = server.clients;
		victim?.close();
		return [];
	}
	if (messages === FAULTY_MESSAGE) {
		delayed = text;
		return [];
	}
	const both = delayed === undefined ? [text] : [text, delayed];
	delayed = undefined;
	return both;
}
