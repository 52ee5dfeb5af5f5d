//! The firm of the demo and its advisor.

use super::error::DemoError;
use dossiers::Dossiers;
use model::{
    id::{AdvisorId, FirmId},
    language::Language,
};
use storage::{
    clock::random,
    db::{Advisor, AdvisorRole, DbError, Firm},
};

/// The setting with the advisor for whom the demo makes a link.
pub(super) const ADVISOR: &str = "demo_advisor";

/// The logo of the firm.
const LOGO: &[u8] = include_bytes!("../../../assets/demo/wilgenhof.png");

/// Creates the firm with its advisor.
pub(super) fn found_firm(dossiers: &Dossiers) -> Result<AdvisorId, DemoError> {
    let now = dossiers.clock().now();
    let firm = Firm {
        id: FirmId::from_random(random()),
        slug: "wilgenhof".to_owned(),
        name: "Wilgenhof Belastingadvies".to_owned(),
        phone: "030 234 56 78".to_owned(),
        sender_name: "Wilgenhof Belastingadvies".to_owned(),
        sender_address: "hallo@wilgenhof.example".to_owned(),
        accent: "#0f5b66".to_owned(),
        statement_nl: "Ik heb {stuk} gelezen. De gegevens kloppen en zijn volledig, voor zover ik weet. \
             Wilgenhof Belastingadvies mag {stuk} voor mij versturen aan de Belastingdienst."
            .to_owned(),
        statement_en: "I have read {stuk}. The details are right and complete, as far as I know. \
             Wilgenhof Belastingadvies may file {stuk} for me with the Dutch tax authority."
            .to_owned(),
    };
    let advisor = Advisor {
        id: AdvisorId::from_random(random()),
        firm: firm.id,
        account: None,
        name: "Sanne de Wit".to_owned(),
        given_name: "Sanne".to_owned(),
        email: "sanne@wilgenhof.example".to_owned(),
        hours: "Ma t/m do, 9.00 – 17.00 uur".to_owned(),
        role: AdvisorRole::Administrator,
        language: Language::Nl,
    };
    let id = advisor.id;
    dossiers.db().write_blocking::<_, DbError>(move |tx| {
        tx.add_firm(&firm, now)?;
        tx.set_logo(firm.id, Some(LOGO))?;
        tx.add_advisor(&advisor, now)?;
        tx.set_setting(ADVISOR, &id.to_string())
    })?;
    Ok(id)
}
