/** The parts of the page that are not in the first load. `scripts/page/budget.ts` bounds the size of each. */
import { lazyPart } from "./loading/lazy-part.ts";

export const addMenu = lazyPart(() => import("./composer/AddMenu.tsx"));
export const invitation = lazyPart(() => import("./rooms/Invitation.tsx"));
export const joinPage = lazyPart(() => import("./join/JoinPage.tsx"));
export const locationPreview = lazyPart(() => import("./location/LocationPreview.tsx"));
export const noRoomPage = lazyPart(() => import("./rooms/NoRoomPage.tsx"));
export const notices = lazyPart(() => import("./notices/NoticeList.tsx"));
export const peoplePanel = lazyPart(() => import("./people/PeoplePanel.tsx"));
export const roomPicker = lazyPart(() => import("./rooms/RoomPickerDialog.tsx"));
export const settingsDialog = lazyPart(() => import("./settings/SettingsDialog.tsx"));
