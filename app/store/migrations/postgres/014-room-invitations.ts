/**
 * Replaces the function of `009-people`: an invitation to a private room is used by everybody who is not in the room, also
 * with a role in the chat, and only once by each. This one also returns who created the invitation.
 */
export const roomInvitations = `
DROP FUNCTION hubbub.redeem_invitation(text, text, text, text, text[], bigint, bigint);
CREATE FUNCTION hubbub.redeem_invitation(
	hash text, who text, who_name text, new_role text, lower_roles text[], at bigint, most bigint
) RETURNS TABLE (to_room text, by_id text, by_name text) LANGUAGE plpgsql AS $$
DECLARE
	invitation hubbub.invitations;
	known text;
	is_new boolean;
BEGIN
	SELECT * INTO invitation FROM hubbub.invitations i WHERE i.code_hash = hash AND i.expires_at > at FOR UPDATE;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	LOCK TABLE hubbub.people IN SHARE ROW EXCLUSIVE MODE;
	SELECT p.role INTO known FROM hubbub.people p WHERE p.user_id = who;
	is_new := invitation.room LIKE '~%' AND NOT EXISTS (
		SELECT FROM hubbub.members m JOIN hubbub.rooms r ON r.id = m.room_id WHERE r.name = invitation.room AND m.user_id = who
	);
	IF is_new AND EXISTS (
		SELECT FROM hubbub.invitation_uses u WHERE u.invitation_id = invitation.id AND u.user_id = who
	) THEN
		RETURN;
	END IF;
	IF is_new OR known IS NULL OR known = ANY (lower_roles) THEN
		IF invitation.used >= invitation.uses THEN
			RETURN;
		END IF;
		IF (known IS NULL OR known = ANY (lower_roles)) AND NOT hubbub.put_person(who, who_name, new_role, at, most) THEN
			RETURN;
		END IF;
		UPDATE hubbub.invitations i SET used = i.used + 1 WHERE i.id = invitation.id;
		INSERT INTO hubbub.invitation_uses VALUES (invitation.id, who, who_name, at) ON CONFLICT DO NOTHING;
	END IF;
	RETURN QUERY SELECT invitation.room, invitation.by_id, invitation.by_name;
END
$$;
`;
