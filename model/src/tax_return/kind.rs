//! The kinds of tax return, as data: what each is called, whose it can be, and over which periods it goes.

use super::PeriodKind;
use crate::language::Language;
use serde::{Deserialize, Serialize};

/// The kinds of tax return, and of what else an office files for a taxpayer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnKind {
    /// Income tax (inkomstenbelasting).
    Ib,
    /// Income tax of somebody who died in the year (F).
    IbDeceased,
    /// Income tax of a year with a migration (M).
    IbMigration,
    /// Corporation tax (vennootschapsbelasting).
    Vpb,
    /// VAT (omzetbelasting).
    Ob,
    /// The list of supplies within the European Union (opgaaf intracommunautaire prestaties).
    Icp,
    /// A correction of VAT (suppletie), of which a period can have several.
    SuppletieOb,
    /// Wage tax (loonheffingen).
    Lh,
    /// The request for, or change of, a provisional assessment. It is never called a return.
    ProvisionalAssessment,
    /// Gift tax (schenkbelasting).
    Gift,
    /// Inheritance tax (erfbelasting).
    Inheritance,
    /// Tax on dividend (dividendbelasting).
    Dividend,
    /// Something that the firm names.
    Other,
    /// The standing consent (vaste toestemming) to file other returns of the taxpayer. It is itself never filed.
    StandingConsent,
}

/// What a kind is called in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// A return (aangifte).
    Return,
    /// A list (opgaaf).
    List,
    /// A correction (suppletie).
    Correction,
    /// A request (verzoek).
    Request,
    /// A document (stuk).
    Document,
    /// A standing consent (vaste toestemming).
    Consent,
}

impl Noun {
    /// Returns its name, as it stands at the beginning of a title.
    pub fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Return, Language::Nl) => "Aangifte",
            (Self::Return, Language::En) => "Tax return",
            (Self::List, Language::Nl) => "Opgaaf",
            (Self::List, Language::En) => "List",
            (Self::Correction, Language::Nl) => "Suppletie",
            (Self::Correction, Language::En) => "Correction",
            (Self::Request, Language::Nl) => "Verzoek",
            (Self::Request, Language::En) => "Request",
            (Self::Document, Language::Nl) => "Stuk",
            (Self::Document, Language::En) => "Document",
            (Self::Consent, Language::Nl) => "Vaste toestemming",
            (Self::Consent, Language::En) => "Standing consent",
        }
    }

    /// Returns *the return*, in the words of its kind.
    pub fn the(self, language: Language) -> String {
        self.after(language, ["de", "het", "the"])
    }

    /// Returns *this return*, in the words of its kind.
    pub fn this(self, language: Language) -> String {
        self.after(language, ["deze", "dit", "this"])
    }

    /// Returns *your return*, in the words of its kind.
    pub fn yours(self, language: Language) -> String {
        self.after(language, ["uw", "uw", "your"])
    }

    /// Returns its word after the one that fits: Dutch, Dutch before a neuter word, English.
    fn after(self, language: Language, [common, neuter, english]: [&str; 3]) -> String {
        let word = match (self, language) {
            (Self::Return, Language::Nl) => "aangifte",
            (Self::Return, Language::En) => "tax return",
            (Self::List, Language::Nl) => "opgaaf",
            (Self::List, Language::En) => "list",
            (Self::Correction, Language::Nl) => "suppletie",
            (Self::Correction, Language::En) => "correction",
            (Self::Request, Language::Nl) => "verzoek",
            (Self::Request, Language::En) => "request",
            (Self::Document, Language::Nl) => "stuk",
            (Self::Document, Language::En) => "document",
            (Self::Consent, Language::Nl) => "toestemming",
            (Self::Consent, Language::En) => "consent",
        };
        let first = match (self, language) {
            (_, Language::En) => english,
            (Self::Request | Self::Document, Language::Nl) => neuter,
            (_, Language::Nl) => common,
        };
        format!("{first} {word}")
    }
}

/// What is known of a kind.
struct Facts {
    word: &'static str,
    short: &'static str,
    nl: &'static str,
    en: &'static str,
    noun: Noun,
    periods: &'static [PeriodKind],
    of_person: bool,
    of_company: bool,
    is_paid: bool,
}

const OF_A_QUARTER: &[PeriodKind] = &[PeriodKind::Quarter, PeriodKind::Month, PeriodKind::Year];

impl ReturnKind {
    /// All kinds that are filed, in the order in which they are offered.
    pub const FILED: [Self; 13] = [
        Self::Ib,
        Self::Vpb,
        Self::Ob,
        Self::Icp,
        Self::SuppletieOb,
        Self::Lh,
        Self::ProvisionalAssessment,
        Self::IbDeceased,
        Self::IbMigration,
        Self::Gift,
        Self::Inheritance,
        Self::Dividend,
        Self::Other,
    ];

    fn facts(self) -> Facts {
        let facts = |word, short, nl, en, noun, periods, (of_person, of_company), is_paid| Facts {
            word,
            short,
            nl,
            en,
            noun,
            periods,
            of_person,
            of_company,
            is_paid,
        };
        let (person, company, both) = ((true, false), (false, true), (true, true));
        let year: &[PeriodKind] = &[PeriodKind::Year];
        let day: &[PeriodKind] = &[PeriodKind::Day, PeriodKind::Year];
        let books: &[PeriodKind] = &[PeriodKind::Year, PeriodKind::BookYear];
        match self {
            Self::Ib => {
                facts("ib", "IB", "aangifte inkomstenbelasting", "income tax return", Noun::Return, year, person, false)
            }
            Self::IbDeceased => facts(
                "ib_deceased",
                "IB (F)",
                "aangifte inkomstenbelasting van een overledene (F)",
                "income tax return of a deceased person (F)",
                Noun::Return,
                year,
                person,
                false,
            ),
            Self::IbMigration => facts(
                "ib_migration",
                "IB (M)",
                "aangifte inkomstenbelasting bij migratie (M)",
                "income tax return on migration (M)",
                Noun::Return,
                year,
                person,
                false,
            ),
            Self::Vpb => facts(
                "vpb",
                "VPB",
                "aangifte vennootschapsbelasting",
                "corporation tax return",
                Noun::Return,
                books,
                company,
                false,
            ),
            Self::Ob => {
                facts("ob", "OB", "aangifte omzetbelasting", "VAT return", Noun::Return, OF_A_QUARTER, both, true)
            }
            Self::Icp => facts(
                "icp",
                "ICP",
                "opgaaf intracommunautaire prestaties",
                "EU sales list",
                Noun::List,
                OF_A_QUARTER,
                both,
                false,
            ),
            Self::SuppletieOb => facts(
                "suppletie_ob",
                "OB",
                "suppletie omzetbelasting",
                "VAT correction (suppletie)",
                Noun::Correction,
                &[PeriodKind::Year, PeriodKind::Quarter, PeriodKind::Month],
                both,
                true,
            ),
            Self::Lh => facts(
                "lh",
                "LH",
                "aangifte loonheffingen",
                "wage tax return",
                Noun::Return,
                &[PeriodKind::Month, PeriodKind::FourWeeks, PeriodKind::Year],
                both,
                true,
            ),
            Self::ProvisionalAssessment => facts(
                "provisional_assessment",
                "VA",
                "verzoek of wijziging voorlopige aanslag",
                "request or change of a provisional assessment",
                Noun::Request,
                books,
                both,
                false,
            ),
            Self::Gift => {
                facts("gift", "Schenk", "aangifte schenkbelasting", "gift tax return", Noun::Return, day, both, false)
            }
            Self::Inheritance => facts(
                "inheritance",
                "Erf",
                "aangifte erfbelasting",
                "inheritance tax return",
                Noun::Return,
                day,
                person,
                false,
            ),
            Self::Dividend => facts(
                "dividend",
                "Dividend",
                "aangifte dividendbelasting",
                "dividend tax return",
                Noun::Return,
                day,
                company,
                true,
            ),
            Self::Other => facts("other", "Overig", "stuk", "document", Noun::Document, &PeriodKind::ALL, both, false),
            Self::StandingConsent => {
                facts("standing_consent", "", "vaste toestemming", "standing consent", Noun::Consent, year, both, false)
            }
        }
    }

    /// Returns the word with which it is stored and sent in forms.
    pub fn word(self) -> &'static str {
        self.facts().word
    }

    /// Reads a word of [`ReturnKind::word`] of a kind that is filed.
    pub fn of(word: &str) -> Option<Self> {
        Self::FILED.into_iter().find(|kind| kind.word() == word)
    }

    /// Returns true if it is filed with the tax authority.
    pub fn is_filed(self) -> bool {
        self != Self::StandingConsent
    }

    /// Returns the abbreviation that advisors use. It is not unique: a correction has that of the tax.
    pub fn short(self) -> &'static str {
        self.facts().short
    }

    /// Returns its name in a title: *Aangifte OB*, *Suppletie OB*, *Verzoek VA*.
    pub fn title(self, language: Language) -> String {
        format!("{} {}", self.noun().name(language), self.short()).trim_end().to_owned()
    }

    /// Returns its name, as it stands within a sentence.
    pub fn name(self, language: Language) -> &'static str {
        match language {
            Language::Nl => self.facts().nl,
            Language::En => self.facts().en,
        }
    }

    /// Returns what it is called in a sentence.
    pub fn noun(self) -> Noun {
        self.facts().noun
    }

    /// Returns the shapes of period that it can have, the usual one first.
    pub fn periods(self) -> &'static [PeriodKind] {
        self.facts().periods
    }

    /// Returns true if it can be that of a person.
    pub fn is_of_person(self) -> bool {
        self.facts().of_person
    }

    /// Returns true if it can be that of a company.
    pub fn is_of_company(self) -> bool {
        self.facts().of_company
    }

    /// Returns true if what is due is paid without an assessment.
    pub fn is_paid_on_filing(self) -> bool {
        self.facts().is_paid
    }

    /// Returns true if it comes back within the year, so that several may wait at once.
    pub fn is_periodic(self) -> bool {
        matches!(self, Self::Ob | Self::Icp | Self::SuppletieOb | Self::Lh)
    }

    /// Returns true if fiscal partners file it together as a rule, with one division of what they share.
    pub fn is_filed_with_partner(self) -> bool {
        matches!(self, Self::Ib | Self::IbMigration)
    }

    /// Returns true if a taxpayer can have several of one period.
    pub fn is_repeated(self) -> bool {
        matches!(self, Self::SuppletieOb | Self::ProvisionalAssessment | Self::Gift | Self::Dividend | Self::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_stored_under_the_word_of_its_form_and_has_a_name_of_its_own() {
        let mut names = std::collections::BTreeSet::new();
        for kind in ReturnKind::FILED.into_iter().chain([ReturnKind::StandingConsent]) {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.word()));
            assert_eq!(ReturnKind::of(kind.word()), Some(kind).filter(|kind| kind.is_filed()));
            assert!(!kind.periods().is_empty() && (kind.is_of_person() || kind.is_of_company()));
            for language in [Language::Nl, Language::En] {
                assert!(names.insert(kind.name(language).to_owned()), "{kind:?}");
                assert!(names.insert(kind.title(language)) || kind == ReturnKind::Other, "{kind:?}");
            }
        }
        assert_eq!(ReturnKind::of("IB"), None);
    }

    #[test]
    fn a_request_is_never_called_a_return() {
        let kind = ReturnKind::ProvisionalAssessment;
        assert!(!kind.name(Language::Nl).contains("aangifte") && !kind.name(Language::En).contains("return"));
        let noun = kind.noun();
        assert_eq!([noun.this(Language::Nl), noun.the(Language::Nl)], ["dit verzoek", "het verzoek"]);
        assert_eq!([noun.yours(Language::Nl), noun.yours(Language::En)], ["uw verzoek", "your request"]);
        assert_eq!(Noun::Consent.this(Language::Nl), "deze toestemming");
    }
}
