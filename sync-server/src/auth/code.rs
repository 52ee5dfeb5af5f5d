//! Short codes: told by the advisor, or mailed to a new address. A code is
//! kept as a hash of the link's secret and the code together, so that neither
//! opens anything alone, and five wrong ones end it.

use super::session::hash_of;
use crate::{
    clock::random,
    db::{InvitationMore, Invitations, Tx},
    error::{Refusal, ServerError},
    state::State,
};
use model::time::Timestamp;

/// Wrong codes until the link is void.
const TRIES: u32 = 5;

/// Six digits.
pub fn new_code() -> String {
    let number = u32::from_le_bytes(random()) % 1_000_000;
    format!("{number:06}")
}

/// How a code is known to the database.
pub fn hash_of_code(token: &str, code: &str) -> [u8; 32] {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    hash_of(&format!("{token}:{digits}"))
}

/// Checks the spoken code of an invitation, where it asks for one. A wrong one
/// counts; the last one voids the link.
pub(super) async fn check_spoken(
    state: &State,
    token: &str,
    code: &str,
    more: &InvitationMore,
    now: Timestamp,
) -> Result<(), ServerError> {
    let Some(expected) = more.code_hash else { return Ok(()) };
    let (token_hash, given) = (hash_of(token), hash_of_code(token, code));
    // Counted in the write itself: two at once are two tries.
    let outcome = state
        .db
        .write(move |tx| {
            let tries = tx.invitation_more(&token_hash)?.code_tries;
            if tries >= TRIES {
                return Ok(Err(Refusal::CodeSpent));
            }
            if given == expected {
                return Ok(Ok(()));
            }
            tx.count_wrong_code(&token_hash)?;
            if tries + 1 >= TRIES {
                tx.withdraw_invitations(Invitations::Link(&token_hash), now)?;
                return Ok(Err(Refusal::CodeSpent));
            }
            Ok::<_, ServerError>(Err(Refusal::CodeWrong))
        })
        .await?;
    Ok(outcome?)
}

/// Checks the code that was mailed to `email`. `false`: it is another one, or
/// none was sent there.
pub(super) fn mail_is_confirmed(
    tx: &Tx<'_>,
    token: &str,
    email: &str,
    code: &str,
) -> Result<Result<(), Refusal>, ServerError> {
    let token_hash = hash_of(token);
    let more = tx.invitation_more(&token_hash)?;
    let sent = more.new_email.as_deref() == Some(email) && more.mail_code_hash.is_some();
    if !sent || code.trim().is_empty() {
        return Ok(Err(Refusal::MailDiffers));
    }
    if more.mail_code_tries >= TRIES {
        return Ok(Err(Refusal::TooManyRequests));
    }
    if more.mail_code_hash == Some(hash_of_code(token, code)) {
        return Ok(Ok(()));
    }
    tx.count_wrong_mail_code(&token_hash)?;
    Ok(Err(Refusal::CodeWrong))
}
