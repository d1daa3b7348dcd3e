import { connect, request } from "../../load/kit/client.ts";
import { signIn } from "../../load/kit/sign-in.ts";

/** A user without a browser, who sends "message 1", "message 2" and so on. */
export type Sender = {
	/** Sends the messages one after the other, or all of them at once. */
	send(from: number, to: number, atOnce?: boolean): Promise<void>;
	disconnect(): void;
};

export async function openSender(url: string, room: string, name = "Sender"): Promise<Sender> {
	const { token } = await signIn(url, name);
	const socket = await connect(url, token);
	await request(socket, "room:join", { room });
	const send = (n: number) =>
		request(socket, "message:send", { room, clientId: crypto.randomUUID(), body: `message ${n}` });
	return {
		async send(from, to, atOnce = false) {
			const sent: Promise<unknown>[] = [];
			for (let n = from; n <= to; n++) {
				sent.push(send(n));
				if (!atOnce) await sent.at(-1);
			}
			await Promise.all(sent);
		},
		disconnect: () => void socket.disconnect(),
	};
}
