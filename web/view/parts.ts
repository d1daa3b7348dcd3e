/** The parts of the page that are not in the first load. `scripts/page/budget.ts` bounds the size of each. */
import { lazyPart } from "./loading/lazy-part.ts";

export const attachPart = lazyPart(() => import("./composer/files/attach.tsx"));
export const completionList = lazyPart(() => import("./composer/ComposerCompletions.tsx"));
export const editForm = lazyPart(() => import("./message/edit/EditForm.tsx"));
export const emptyRoom = lazyPart(() => import("./timeline/EmptyRoom.tsx"));
export const entryPage = lazyPart(() => import("./join/EntryPage.tsx"));
export const emojiPicker = lazyPart(() => import("./emoji/EmojiPicker.tsx"));
export const fileView = lazyPart(() => import("./message/files/FileView.tsx"));
export const joinPage = lazyPart(() => import("./join/JoinPage.tsx"));
export const keysDialog = lazyPart(() => import("./message/keys/KeysDialog.tsx"));
export const locationPreview = lazyPart(() => import("./location/LocationPreview.tsx"));
export const messageActionsPart = lazyPart(() => import("./message/actions/MessageActions.tsx"));
export const noRoomPage = lazyPart(() => import("./rooms/NoRoomPage.tsx"));
export const notices = lazyPart(() => import("./notices/NoticeList.tsx"));
export const failedChanges = lazyPart(() => import("./message/FailedChanges.tsx"));
export const inviting = lazyPart(() => import("./settings/Inviting.tsx"));
export const membersPanel = lazyPart(() => import("./private-rooms/MembersPanel.tsx"));
export const ownDevices = lazyPart(() => import("./settings/OwnDevices.tsx"));
export const peoplePanel = lazyPart(() => import("./people/PeoplePanel.tsx"));
export const pinsPanel = lazyPart(() => import("./pins/PinsPanel.tsx"));
export const roomMenu = lazyPart(() => import("./rooms/RoomMenu.tsx"));
export const roomPicker = lazyPart(() => import("./rooms/RoomPickerDialog.tsx"));
export const signInAgain = lazyPart(() => import("./join/SignInAgain.tsx"));
export const systemLine = lazyPart(() => import("./timeline/SystemLine.tsx"));
export const threadPanel = lazyPart(() => import("./thread/ThreadPanel.tsx"));
export const settingsDialog = lazyPart(() => import("./settings/SettingsDialog.tsx"));
