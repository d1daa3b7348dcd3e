import type { Store } from "../../../room/ports/store.ts";
import type { StoreUnderTest } from "../../contract/fixture.ts";
import { openStore } from "../../open.ts";
import type { PostgresServer } from "./postgres-server.ts";

export type PostgresUnderTest = StoreUnderTest & {
	databaseUrl: string;
	/** Opens another store on the same database, which `dispose` closes. */
	openAnother(): Promise<Store>;
};

/** Returns an empty store in a database of its own. */
export async function openTemporaryStore(server: PostgresServer): Promise<PostgresUnderTest> {
	const databaseUrl = await server.createDatabase();
	const opened: Store[] = [];
	const openAnother = async () => {
		const store = await openStore({ databasePath: "", databaseUrl });
		opened.push(store);
		return store;
	};
	const closeAll = () => Promise.all(opened.map((store) => store.close()));
	return {
		store: await openAnother(),
		databaseUrl,
		openAnother,
		async reopen() {
			await closeAll();
			return openAnother();
		},
		async dispose() {
			await closeAll();
		},
	};
}
