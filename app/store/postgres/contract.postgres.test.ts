import { after, before } from "node:test";
import { storeContract } from "../contract.ts";
import { PostgresServer } from "./testing/postgres-server.ts";
import { openTemporaryStore } from "./testing/temporary-store.ts";

let server: PostgresServer;
before(async () => {
	server = await PostgresServer.start();
});
after(() => server.dispose());

storeContract("PostgreSQL", () => openTemporaryStore(server));
