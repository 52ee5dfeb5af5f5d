//! The possible meanings of a column, and the probable meaning of a heading.

use model::tax_number::NumberKind;
use std::collections::HashMap;

/// The details that a file can have of each of the two people of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    FullName,
    GivenName,
    Infix,
    Surname,
    Email,
    Phone,
    Bsn,
    Language,
}

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The firm's number of the client.
    Number,
    /// The name of the dossier.
    Name,
    Advisor,
    Tags,
    /// A number of the taxpayer: of the client as a company if it has an RSIN, or else of person 0.
    TaxNumber(NumberKind),
    /// A detail of person 0 or 1.
    Of(usize, Detail),
}

/// The numbers that have a column of their own; the BSN is a detail of a person.
pub const NUMBERS: [NumberKind; 4] = [NumberKind::Rsin, NumberKind::VatId, NumberKind::Vat, NumberKind::WageTax];

const PARTS: [(Detail, &str); 8] = [
    (Detail::FullName, "full_name"),
    (Detail::GivenName, "given_name"),
    (Detail::Infix, "infix"),
    (Detail::Surname, "surname"),
    (Detail::Email, "email"),
    (Detail::Phone, "phone"),
    (Detail::Bsn, "bsn"),
    (Detail::Language, "language"),
];

impl Field {
    /// Returns all fields, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        let people = (0..2).flat_map(|n| PARTS.map(|(part, _)| Self::Of(n, part)));
        let numbers = NUMBERS.map(Self::TaxNumber);
        [Self::Number, Self::Name].into_iter().chain(people).chain(numbers).chain([Self::Advisor, Self::Tags])
    }

    /// Returns the name of the field in forms and in the database.
    pub fn word(self) -> String {
        match self {
            Self::Number => "number".to_owned(),
            Self::Name => "name".to_owned(),
            Self::Advisor => "advisor".to_owned(),
            Self::Tags => "tags".to_owned(),
            Self::TaxNumber(kind) => kind.word().to_owned(),
            Self::Of(n, part) => {
                let word = PARTS.iter().find(|(p, _)| *p == part).map_or("", |(_, word)| word);
                format!("{word}_{}", n + 1)
            }
        }
    }

    /// Returns the field with this name.
    pub fn of(word: &str) -> Option<Self> {
        Self::all().find(|field| field.word() == word)
    }
}

/// The headings of each field, in small letters and digits.
const MEANINGS: [(Field, &[&str]); 16] = [
    (
        Field::Number,
        &[
            "nummer",
            "nr",
            "klantnummer",
            "klantnr",
            "clientnummer",
            "relatienummer",
            "debiteurnummer",
            "dossiernummer",
            "number",
            "clientnumber",
            "customernumber",
            "relatiecode",
            "klantcode",
        ],
    ),
    (
        Field::Name,
        &[
            "dossier",
            "dossiernaam",
            "klant",
            "klantnaam",
            "clientnaam",
            "relatienaam",
            "client",
            "clientname",
            "household",
            "naamvanhetdossier",
            "nameofthedossier",
        ],
    ),
    (Field::Advisor, &["adviseur", "behandelaar", "relatiebeheerder", "advisor", "accountmanager", "medewerker"]),
    (Field::Tags, &["labels", "label", "tags", "tag", "groep", "groepen"]),
    (Field::Of(0, Detail::FullName), &["naam", "volledigenaam", "persoon", "name", "fullname", ""]),
    (Field::Of(0, Detail::GivenName), &["voornaam", "roepnaam", "firstname", "givenname", "voornamen"]),
    (
        Field::Of(0, Detail::Infix),
        &["tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "infix", "prefix"],
    ),
    (Field::Of(0, Detail::Surname), &["achternaam", "familienaam", "geslachtsnaam", "surname", "lastname"]),
    (Field::Of(0, Detail::Email), &["email", "mail", "emailadres", "mailadres", "emailaddress"]),
    (
        Field::Of(0, Detail::Phone),
        &["telefoon", "telefoonnummer", "mobiel", "mobielnummer", "phone", "phonenumber", "mobile", "gsm"],
    ),
    (Field::Of(0, Detail::Bsn), &["bsn", "burgerservicenummer", "sofinummer", "citizenservicenumber"]),
    (Field::TaxNumber(NumberKind::Rsin), &["rsin", "rsinnummer", "fiscaalnummer", "finummer"]),
    (
        Field::TaxNumber(NumberKind::VatId),
        &["btwid", "btwidnummer", "btwidentificatienummer", "btwnummer", "btwnr", "vatid", "vatnumber"],
    ),
    (
        Field::TaxNumber(NumberKind::Vat),
        &["ob", "obnummer", "obnr", "omzetbelastingnummer", "omzetbelasting", "vatreturnnumber"],
    ),
    (
        Field::TaxNumber(NumberKind::WageTax),
        &[
            "lh",
            "lhnummer",
            "lhnr",
            "loonheffingennummer",
            "loonheffingsnummer",
            "loonbelastingnummer",
            "wagetaxnumber",
        ],
    ),
    (Field::Of(0, Detail::Language), &["taal", "language", "voorkeurstaal", "taalnlofen", "languagenloren"]),
];

/// Reduces a heading to its small letters and digits, without what people write differently.
pub fn plain(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns the field that a heading means, regardless of other headings.
fn meaning(heading: &str) -> Option<Field> {
    let plain = plain(heading);
    let find = |text: &str| MEANINGS.iter().find(|(_, words)| words.contains(&text)).map(|(field, _)| *field);
    if let Some(field) = find(&plain).filter(|_| !plain.is_empty()) {
        return Some(field);
    }
    let second =
        ["fiscaalpartner", "fiscalepartner", "taxpartner", "partner", "echtgenoot", "echtgenote", "medeaanvrager", "2"];
    let of_second = second.iter().find(|word| plain.contains(**word));
    let first = ["aanvrager", "persoon1", "1"];
    let rest = match (of_second, first.iter().find(|word| plain.contains(**word))) {
        (Some(word), _) => plain.replacen(word, "", 1).replace("vande", "").replace("van", "").replace("ofthe", ""),
        (None, Some(word)) => plain.replacen(word, "", 1),
        (None, None) => return None,
    };
    match find(&rest)? {
        Field::Of(_, part) => Some(Field::Of(usize::from(of_second.is_some()), part)),
        other => of_second.is_none().then_some(other),
    }
}

/// Returns the field of each heading: the one that the firm chose before, or else the probable one. No
/// field occurs twice: a heading that is repeated, or one that follows a column about
/// the partner, means the partner.
pub fn guess(headings: &[String], remembered: &HashMap<String, Option<Field>>) -> Vec<Option<Field>> {
    let mut taken: Vec<(Field, String)> = Vec::new();
    headings
        .iter()
        .map(|heading| {
            let plain = plain(heading);
            let field = remembered.get(&plain).copied().unwrap_or_else(|| meaning(heading))?;
            let has = |field| taken.iter().any(|(f, _)| *f == field);
            let comes_back = || taken.iter().any(|(_, before)| *before == plain);
            let after_partner = || taken.iter().any(|(f, _)| matches!(f, Field::Of(1, _)));
            let field = match field {
                Field::Of(0, part) if has(field) && (comes_back() || after_partner()) => Field::Of(1, part),
                field => field,
            };
            if has(field) {
                return None;
            }
            taken.push((field, plain));
            Some(field)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_as_offices_write_them_are_known() {
        use Detail::*;
        let cases = [
            ("Nummer", Some(Field::Number)),
            ("Klant-nr.", Some(Field::Number)),
            ("Voornaam", Some(Field::Of(0, GivenName))),
            ("Achternaam", Some(Field::Of(0, Surname))),
            ("E-mail", Some(Field::Of(0, Email))),
            ("E-mailadres 2", Some(Field::Of(1, Email))),
            ("Fiscaal partner", Some(Field::Of(1, FullName))),
            ("Voornaam partner", Some(Field::Of(1, GivenName))),
            ("E-mail van partner", Some(Field::Of(1, Email))),
            ("Partner BSN", Some(Field::Of(1, Bsn))),
            ("Voornaam 1", Some(Field::Of(0, GivenName))),
            ("Naam dossier", None),
            ("Dossiernaam", Some(Field::Name)),
            ("Behandelaar", Some(Field::Advisor)),
            ("RSIN", Some(Field::TaxNumber(NumberKind::Rsin))),
            ("Btw-nummer", Some(Field::TaxNumber(NumberKind::VatId))),
            ("OB-nummer", Some(Field::TaxNumber(NumberKind::Vat))),
            ("Loonheffingennummer", Some(Field::TaxNumber(NumberKind::WageTax))),
            ("Schoenmaat", None),
            ("", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(meaning(heading), expected, "{heading}");
        }
    }

    #[test]
    fn what_the_firm_chose_before_goes_first_and_nothing_is_chosen_twice() {
        let headings = ["Code", "E-mail", "Mail", "Taal"].map(str::to_owned);
        let remembered = HashMap::from([("code".to_owned(), Some(Field::Number)), ("taal".to_owned(), None)]);
        let email = Some(Field::Of(0, Detail::Email));
        assert_eq!(guess(&headings, &remembered), [Some(Field::Number), email, None, None]);
    }

    #[test]
    fn a_column_that_comes_back_is_the_partners() {
        use Detail::*;
        let check = |headings: &[&str], expected: &[Option<Field>]| {
            let headings: Vec<_> = headings.iter().map(|&h| h.to_owned()).collect();
            assert_eq!(guess(&headings, &HashMap::new()), expected, "{headings:?}");
        };
        let of = |n, part| Some(Field::Of(n, part));
        check(
            &["Nr", "Voornaam", "Achternaam", "E-mail", "Voornaam", "Achternaam", "E-mail", "E-mail"],
            &[
                Some(Field::Number),
                of(0, GivenName),
                of(0, Surname),
                of(0, Email),
                of(1, GivenName),
                of(1, Surname),
                of(1, Email),
                None,
            ],
        );
        check(
            &["Naam", "E-mail", "Naam partner", "E-mailadres", "BSN"],
            &[of(0, FullName), of(0, Email), of(1, FullName), of(1, Email), of(0, Bsn)],
        );
        check(&["E-mail", "E-mail echtgenote"], &[of(0, Email), of(1, Email)]);
    }

    #[test]
    fn every_field_has_a_word_of_its_own() {
        for field in Field::all() {
            assert_eq!(Field::of(&field.word()), Some(field));
        }
        assert_eq!(Field::of(""), None);
    }
}
