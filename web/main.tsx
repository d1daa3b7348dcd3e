import { render } from "preact";
import { browserPageLifecycle } from "./connection/page-lifecycle.ts";
import { reloadOnce } from "./connection/reload-once.ts";
import { createServerConnection } from "./connection/server-connection.ts";
import { createChatModel } from "./model/chat-model.ts";
import { openLocalStorage } from "./model/local-storage.ts";
import { openPendingDatabase } from "./model/pending-database.ts";
import "./style.css";
import { App } from "./view/App.tsx";
import { bindAddressBar } from "./view/address-bar.ts";
import { followViewportHeight } from "./view/viewport-height.ts";

const lifecycle = browserPageLifecycle();
const connection = createServerConnection({
	lifecycle,
	reload: () =>
		reloadOnce(
			() => sessionStorage,
			() => location.reload(),
		),
});
const chat = createChatModel({
	connection,
	storage: openLocalStorage(() => localStorage),
	pendingStore: openPendingDatabase(),
	geolocation: navigator.geolocation,
	lifecycle,
});

followViewportHeight();
render(<App chat={chat} refusal={bindAddressBar(chat)} />, document.getElementById("app")!);
