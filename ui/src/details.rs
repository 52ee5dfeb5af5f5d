//! Personal details in words: their names, what is wrong with a text, and events in somebody's life. The person who
//! reports a change and the advisor who accepts it read the same words.

use crate::text::Language;
use model::{
    details::DetailMistake,
    record::{Circumstance, DetailField},
};

crate::texts! {
    /// Texts that name details and events.
    DetailText {
        name: "Naam", "Name";
        email: "E-mail", "E-mail";
        phone: "Telefoon", "Phone";
        street: "Straat en huisnummer", "Street and number";
        postal_code: "Postcode", "Postal code";
        city: "Plaats", "Place";
        country: "Land", "Country";
        iban: "Rekeningnummer", "Account number";
        bsn: "BSN", "BSN";
        civil_status: "Burgerlijke staat", "Civil status";
        flaw_empty: "Dit kan niet leeg blijven.", "This cannot be empty.";
        flaw_line: "Dit is te lang, of er staat een teken in dat niet kan.", "This is too long, or has a character that is not possible.";
        flaw_email: "Dit is geen e-mailadres. Voorbeeld: naam@voorbeeld.nl", "This is not an e-mail address. Example: name@example.com";
        flaw_phone: "Dit is geen telefoonnummer. Voorbeeld: 06 1234 5678", "This is not a phone number. Example: +31 6 1234 5678";
        flaw_iban: "Dit rekeningnummer klopt niet. Kijk de cijfers na; het begint meestal met NL.", "This account number is not right. Check the digits; it usually starts with NL.";
        flaw_bsn: "Dit BSN klopt niet. Een BSN heeft 9 cijfers; kijk ze na.", "This BSN is not right. A BSN has 9 digits; check them.";
        details: "Gegevens", "Details";
        marriage: "Getrouwd of geregistreerd partner", "Married or registered partner";
        cohabitation: "Gaan samenwonen", "Moved in together";
        divorce: "Gescheiden of uit elkaar", "Divorced or separated";
        moved: "Verhuisd", "Moved house";
        birth: "Kind geboren", "Child born";
        death: "Iemand overleden", "Somebody died";
        job: "Andere baan of geen werk meer", "Another job or no job";
        house: "Huis gekocht of verkocht", "Bought or sold a house";
        other: "Iets anders", "Something else";
    }
}

/// Returns the name of a detail.
pub fn name(field: DetailField, language: Language) -> &'static str {
    let t = DetailText(language);
    match field {
        DetailField::Name => t.name(),
        DetailField::Email => t.email(),
        DetailField::Phone => t.phone(),
        DetailField::Street => t.street(),
        DetailField::PostalCode => t.postal_code(),
        DetailField::City => t.city(),
        DetailField::Country => t.country(),
        DetailField::Iban => t.iban(),
        DetailField::Bsn => t.bsn(),
        DetailField::CivilStatus => t.civil_status(),
    }
}

/// Returns what is wrong with a text, and what to do.
pub fn sentence(flaw: DetailMistake, language: Language) -> &'static str {
    let t = DetailText(language);
    match flaw {
        DetailMistake::Empty => t.flaw_empty(),
        DetailMistake::NotALine => t.flaw_line(),
        DetailMistake::NotAnAddress => t.flaw_email(),
        DetailMistake::NotAPhone => t.flaw_phone(),
        DetailMistake::NotAnIban => t.flaw_iban(),
        DetailMistake::NotABsn => t.flaw_bsn(),
    }
}

/// Returns the name of an event.
pub fn circumstance(what: Circumstance, language: Language) -> &'static str {
    let t = DetailText(language);
    match what {
        Circumstance::Details => t.details(),
        Circumstance::Marriage => t.marriage(),
        Circumstance::Cohabitation => t.cohabitation(),
        Circumstance::Divorce => t.divorce(),
        Circumstance::Move => t.moved(),
        Circumstance::Birth => t.birth(),
        Circumstance::Death => t.death(),
        Circumstance::Job => t.job(),
        Circumstance::House => t.house(),
        Circumstance::Other => t.other(),
    }
}
