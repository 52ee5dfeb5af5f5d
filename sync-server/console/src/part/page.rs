//! The parts that all pages of the console share.

use super::{frame::Frame, time_format::TimeFormat};
use accounts::error::ServerError;
use model::time::TaxYear;
use storage::{
    clock::Clock,
    db::{Advisor, Db, DbError},
};

/// Loads what every page shows this advisor.
pub fn frame(db: &Db, clock: &Clock, advisor: Advisor) -> Result<Frame, ServerError> {
    let (firm, logo, clients) = db.read(|q| {
        let firm = q.firm(advisor.firm)?.ok_or(DbError::Missing("firm of an advisor"))?;
        Ok::<_, DbError>((firm, q.portal(advisor.firm)?.logo, q.count_clients(advisor.firm)?))
    })?;
    let time_format = TimeFormat { now: clock.now(), language: advisor.language };
    Ok(Frame { firm: firm.name, logo, clients, time_format, advisor })
}

/// Returns the year that the present season is about, which is the one before this one.
pub fn season(time_format: TimeFormat) -> TaxYear {
    TaxYear(time_format.today().year() - 1)
}
