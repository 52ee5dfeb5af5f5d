//! Closes what is kept of firms' mail servers with another key.

use super::{sign, transport::password_place};
use storage::{
    db::{DbError, MailKey, MailServer, Tx},
    vault::Vault,
};

/// Opens every secret with `old` and closes it with `new`. Returns the number of secrets. One that does not open is a reason
/// to change nothing, since it would be lost with the old key.
pub fn rekey(tx: &Tx<'_>, old: &Vault, new: &Vault) -> Result<usize, DbError> {
    let again = |place: &str, closed: &[u8]| {
        let closed = old.open(place, closed).and_then(|secret| new.close(place, &secret));
        closed.ok_or_else(|| DbError::given_up(format!("the secret of the {place} does not open")))
    };
    let mut count = 0;
    for firm in tx.firms()?.into_iter().map(|firm| firm.id) {
        if let Some(server) = tx.mail_server(firm)?
            && let Some(closed) = &server.password
        {
            let password = Some(again(&password_place(firm), closed)?);
            tx.set_mail_server(firm, Some(&MailServer { password, ..server }))?;
            count += 1;
        }
        if let Some(key) = tx.mail_key(firm)? {
            let secret = again(&sign::place(firm), &key.secret)?;
            tx.set_mail_key(firm, Some(&MailKey { secret, ..key }))?;
            count += 1;
        }
    }
    Ok(count)
}
