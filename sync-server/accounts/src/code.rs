//! Short codes, which the advisor tells or which are mailed to a new address. A code is
//! stored as a hash of the link's secret and the code together, so that neither
//! opens anything alone. How many there are and how many wrong ones are taken is counted per invitation, in the
//! database, and a new code sets no count back.

use super::parts::Accounts;
use crate::error::{Refusal, ServerError};
use model::{hash::hash_of, mail_address::MailAddress, time::Timestamp};
use storage::{
    clock::random,
    db::{InvitationMore, Invitations, Tx},
};

/// The number of wrong spoken codes after which the link is void.
const TRIES: u32 = 5;
/// The time for which a spoken code is good, in seconds: whoever is told it may sit down for it in the evening.
const SPOKEN_VALID: i64 = 24 * 3600;
/// The number of wrong mailed codes of one invitation, whichever code they were meant for.
const MAILED_TRIES: u32 = 10;
/// The number of mails with a code that one invitation can send.
const MAILED_CODES: u32 = 5;
/// The time for which a mailed code is good, in seconds: it is filled in on the page that waits for it.
const MAILED_VALID: i64 = 10 * 60;

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
    invited_at: Timestamp,
    more: &InvitationMore,
    now: Timestamp,
) -> Result<(), ServerError> {
    let Some(expected) = more.code_hash else { return Ok(()) };
    // The code was made with the invitation.
    if invited_at.plus_seconds(SPOKEN_VALID) <= now {
        return Err(Refusal::CodeExpired.into());
    }
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

/// Makes a code that is mailed to `email`, in place of an earlier one. Refuses if the invitation has sent as many as it
/// may, or if as many wrong ones came back.
pub(super) fn new_mail_code(
    tx: &Tx<'_>,
    token: &str,
    email: &MailAddress,
    now: Timestamp,
) -> Result<String, ServerError> {
    let token_hash = hash_of(token);
    let more = tx.invitation_more(&token_hash)?;
    if more.mail_codes_sent >= MAILED_CODES || more.mail_code_tries >= MAILED_TRIES {
        return Err(Refusal::MailCodesSpent.into());
    }
    let code = new_code();
    tx.set_invitation_mail(&token_hash, email.as_str(), &hash_of_code(token, &code), now)?;
    Ok(code)
}

/// Checks the code that was mailed to `email`, and counts it if it is wrong.
pub(super) fn mail_is_confirmed(
    tx: &Tx<'_>,
    token: &str,
    email: &MailAddress,
    code: &str,
    now: Timestamp,
) -> Result<Result<(), Refusal>, ServerError> {
    let token_hash = hash_of(token);
    let more = tx.invitation_more(&token_hash)?;
    let sent_at = more.mail_code_at.filter(|_| more.new_email.as_deref() == Some(email.as_str()));
    let Some(sent_at) = sent_at.filter(|_| !code.trim().is_empty()) else { return Ok(Err(Refusal::MailDiffers)) };
    if more.mail_code_tries >= MAILED_TRIES {
        return Ok(Err(Refusal::MailCodesSpent));
    }
    if sent_at.plus_seconds(MAILED_VALID) <= now {
        return Ok(Err(Refusal::MailCodeExpired));
    }
    if more.mail_code_hash == Some(hash_of_code(token, code)) {
        return Ok(Ok(()));
    }
    tx.count_wrong_mail_code(&token_hash)?;
    Ok(Err(Refusal::CodeWrong))
}
