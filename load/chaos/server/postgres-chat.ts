import { PostgresServer } from "../../../app/store/postgres/testing/postgres-server.ts";
import { freePort } from "../../kit/free-port.ts";
import { ServerProcess, type ServerProcessOptions } from "../../kit/server-process.ts";
import type { RowRun } from "../../kit/suite/row-run.ts";
import type { StoredRooms } from "../check/history.ts";
import type { ChatUnderTest } from "./chat-process.ts";
import { type Ask, integrityOfPostgres, readPostgres } from "./postgres-contents.ts";

/** A chat of one process on a PostgreSQL of its own. */
export class PostgresChat extends ServerProcess implements ChatUnderTest {
	readonly #ask: Ask;

	private constructor(options: ServerProcessOptions, ask: Ask) {
		super(options);
		this.#ask = ask;
	}

	/** Starts both, and executes a statement in the database. The row's end stops both. */
	static async open(
		{ cleanUp, folder }: RowRun,
		env: Record<string, string>,
		statement: string,
	): Promise<PostgresChat> {
		const postgres = await PostgresServer.start();
		cleanUp.add(() => void postgres.dispose());
		const databaseUrl = await postgres.createDatabase();
		const ask: Ask = (sql) => postgres.query(databaseUrl, sql);
		const options = { folder, port: await freePort(), env: { ...env, DATABASE_URL: databaseUrl } };
		const chat = new PostgresChat(options, ask);
		cleanUp.add(() => chat.signal("SIGKILL"));
		await chat.start();
		await ask(statement);
		return chat;
	}

	integrity(): Promise<string> {
		return integrityOfPostgres(this.#ask);
	}

	stored(): Promise<StoredRooms> {
		return readPostgres(this.#ask);
	}
}
