//! Short codes, which the advisor tells or which are mailed to a new address. A code is
//! stored as a hash of the link's secret and the code together, so that neither
//! opens anything alone, and five wrong attempts void it.

use super::parts::Accounts;
use crate::error::{Refusal, ServerError};
use model::{hash::hash_of, time::Timestamp};
use storage::{
    clock::random,
    db::{InvitationMore, Invitations, Tx},
};

/// The number of wrong codes after which the link is void.
const TRIES: u32 = 5;

/// Returns a random code of six digits.
pub fn new_code() -> String {
    let number = u32::from_le_bytes(random()) % 1_000_000;
    format!("{number:06}")
}

/// Returns the hash by which the database knows a code.
pub fn hash_of_code(token: &str, code: &str) -> [u8; 32] {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    hash_of(&format!("{token}:{digits}"))
}

/// Checks the code of an invitation if it asks for one. A wrong code
/// is counted, and the last allowed one voids the link.
pub(super) async fn check_spoken(
    accounts: &Accounts,
    token: &str,
    code: &str,
    more: &InvitationMore,
    now: Timestamp,
) -> Result<(), ServerError> {
    let Some(expected) = more.code_hash else { return Ok(()) };
    let (token_hash, given) = (hash_of(token), hash_of_code(token, code));
    // The attempt is counted in the transaction itself, so that two at the same time count as two.
    let outcome = accounts
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

/// Checks the code that was mailed to `email`. Returns `false` if the code differs, or
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
