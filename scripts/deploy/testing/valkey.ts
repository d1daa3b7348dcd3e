import { once } from "node:events";
import { connect } from "node:net";

/** The image gives its flags to a server that it starts; here one runs already, and takes the password of those flags. */
export async function setPassword(port: number, { VALKEY_EXTRA_FLAGS = "" }: Record<string, string>): Promise<void> {
	const password = /^--requirepass ([\w-]+)$/.exec(VALKEY_EXTRA_FLAGS)?.[1];
	if (password === undefined) throw new Error("Valkey would be open to everybody in the private network");
	const line = connect(port, "127.0.0.1");
	line.write(`CONFIG SET requirepass ${password}\r\n`);
	const [answer] = await once(line, "data");
	line.destroy();
	if (!String(answer).startsWith("+OK")) throw new Error(`Valkey said ${answer}`);
}
