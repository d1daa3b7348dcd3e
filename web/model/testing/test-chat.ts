import type { TestContext } from "node:test";
import type { StartOptions } from "../../../app/testing/harness.ts";
import { openChat } from "../../../app/testing/open-chat.ts";
import { openTunnel, type Tunnel } from "../../../app/testing/tunnel.ts";
import { waitFor } from "../../../load/kit/wait-for.ts";
import { openTestPage, type TestPage } from "./test-page.ts";

/** A server, a network to it that the test can break, and a page on that network. */
export async function openTestChat(t: TestContext, options?: StartOptions) {
	const server = await openChat(t, options);
	const tunnel = await openTunnel(t, server.url);
	return { server, tunnel, page: openTestPage(t, tunnel.url) };
}

/** Waits until the page shows exactly these messages. */
export async function waitForTexts(page: TestPage, ...texts: string[]): Promise<void> {
	const shown = () => JSON.stringify(page.messages().map(({ content }) => content.body));
	await waitFor(`the messages "${texts.join('", "')}"`, () => shown() === JSON.stringify(texts));
}

/** Waits until every message of the page is stored. */
export async function waitUntilStored(page: TestPage): Promise<void> {
	await waitFor("all messages to be stored", () =>
		page.messages().every(({ state, seq }) => state === "stored" && seq !== undefined),
	);
}

/** Breaks the page's connection, and lets no new one through until `tunnel.setOpen(true)`. */
export async function goOffline(tunnel: Tunnel, page: TestPage): Promise<void> {
	tunnel.setOpen(false);
	tunnel.disconnect();
	await waitFor("the connection to be lost", () => page.chat.connection.status.value === "lost");
}
