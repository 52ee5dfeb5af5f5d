//! Reads one row: what it asks for, and what is wrong with it whatever the firm and the other rows are.

use super::columns::{Detail, Field, NUMBERS};
use crate::client::{is_number, tags_fit, tags_of};
use model::{
    details::DetailMistake, id::AdvisorId, language::Language, record::DetailField, tax_number::NumberKind, text::Shape,
};
use serde::{Deserialize, Serialize};
use storage::db::Advisor;

/// The maximum number of characters of a name.
const LONGEST_NAME: usize = 120;
/// The maximum number of characters of a given name.
const LONGEST_GIVEN: usize = 60;

/// The mistakes that a cell can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellMistake {
    NumberMissing,
    NumberMalformed,
    /// The same number is in this line already.
    NumberTwice(u32),
    NameMissing,
    TooLong,
    /// The person with this given name has no mail address.
    EmailMissing(String),
    EmailMalformed,
    TwoAtSigns,
    /// The same address is in this line, for another client. This is only a warning.
    EmailTwice(u32),
    /// The address belongs to somebody of this client. This is only a warning.
    EmailKnown(String),
    BsnWrong,
    /// The number has the wrong form, or fails its test.
    TaxNumberWrong(NumberKind),
    /// The same number of a taxpayer is in this line, for another client. This is only a warning.
    TaxNumberTwice(u32),
    /// The number is that of a taxpayer of this client. This is only a warning.
    TaxNumberKnown(String),
    PhoneWrong,
    LanguageUnknown,
    AdvisorUnknown,
    TooManyTags,
    /// The row has this many cells more than there are headings.
    TooManyCells(usize),
    /// The row was sound and could not be carried out all the same; the log of the server says why.
    Failed,
}

impl CellMistake {
    /// Returns true for a warning: the row can be imported if the advisor says so.
    pub fn warns(&self) -> bool {
        matches!(self, Self::EmailTwice(_) | Self::EmailKnown(_) | Self::TaxNumberTwice(_) | Self::TaxNumberKnown(_))
    }
}

/// Something that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The word of the field; empty for the whole row.
    pub field: String,
    pub mistake: CellMistake,
}

/// The client that a row asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub number: String,
    /// The name of the dossier, or None if the file has none.
    pub name: Option<String>,
    pub advisor: Option<AdvisorId>,
    pub tags: Vec<String>,
    pub people: Vec<WantedPerson>,
    /// The numbers of the taxpayer: of the company if there is an RSIN, or else of the first person.
    pub numbers: Vec<(NumberKind, String)>,
}

/// A person as a row describes one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedPerson {
    pub name: String,
    pub given_name: String,
    pub email: String,
    pub language: Option<Language>,
    pub phone: String,
    pub bsn: String,
}

impl WantedPerson {
    /// Returns the details that are stored in the dossier, as far as the file has them.
    pub fn details(&self) -> impl Iterator<Item = (DetailField, &str)> {
        let all = [(DetailField::Phone, self.phone.as_str()), (DetailField::Bsn, self.bsn.as_str())];
        all.into_iter().filter(|(_, value)| !value.is_empty())
    }
}

impl Wanted {
    /// Returns the name of the dossier: the one in the file, or else the names of its people.
    pub fn name(&self) -> String {
        let people = || self.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(" en ");
        self.name.clone().unwrap_or_else(people)
    }

    /// Returns every number of the row with its column.
    pub fn tax_numbers(&self) -> impl Iterator<Item = (Field, &str)> {
        let of_people = self.people.iter().enumerate().map(|(n, person)| (Field::Of(n, Detail::Bsn), &person.bsn));
        let others = self.numbers.iter().map(|(kind, number)| (Field::TaxNumber(*kind), number));
        of_people.chain(others).map(|(field, number)| (field, number.as_str())).filter(|(_, number)| !number.is_empty())
    }
}

/// A row with its columns, and the problems found so far.
pub struct Row<'r> {
    columns: &'r [Option<Field>],
    cells: &'r [String],
    problems: Vec<Problem>,
}

impl<'r> Row<'r> {
    fn cell(&self, field: Field) -> &'r str {
        cell(self.columns, self.cells, field)
    }

    fn refuse(&mut self, field: Field, mistake: CellMistake) {
        self.problems.push(Problem { field: field.word(), mistake });
    }

    fn name(&mut self, field: Field, most: usize) -> String {
        let name = self.cell(field);
        if Shape::Line.check(name, most).is_err() {
            self.refuse(field, CellMistake::TooLong);
        }
        name.to_owned()
    }

    fn detail(&mut self, n: usize, part: Detail, kept: DetailField) -> String {
        let field = Field::Of(n, part);
        let text = self.cell(field);
        let text = if part == Detail::Bsn { whole(text) } else { text.to_owned() };
        match kept.read(&text) {
            Ok(text) => text,
            Err(flaw) => {
                let mistake = match flaw {
                    DetailMistake::NotABsn => CellMistake::BsnWrong,
                    DetailMistake::NotAPhone => CellMistake::PhoneWrong,
                    _ => CellMistake::TooLong,
                };
                self.refuse(field, mistake);
                String::new()
            }
        }
    }

    fn tax_number(&mut self, kind: NumberKind) -> Option<(NumberKind, String)> {
        let field = Field::TaxNumber(kind);
        let text = whole(self.cell(field));
        let read = kind.read(&text);
        if read.is_none() && !text.is_empty() {
            self.refuse(field, CellMistake::TaxNumberWrong(kind));
        }
        read.map(|number| (kind, number))
    }

    fn person(&mut self, n: usize) -> Option<WantedPerson> {
        let of = |part| Field::Of(n, part);
        let parts = [
            Detail::FullName,
            Detail::GivenName,
            Detail::Infix,
            Detail::Surname,
            Detail::Email,
            Detail::Phone,
            Detail::Bsn,
        ];
        if parts.iter().all(|part| self.cell(of(*part)).is_empty()) {
            return None;
        }
        let given = self.name(of(Detail::GivenName), LONGEST_GIVEN);
        let full = self.name(of(Detail::FullName), LONGEST_NAME);
        let (infix, surname) =
            (self.name(of(Detail::Infix), LONGEST_GIVEN), self.name(of(Detail::Surname), LONGEST_NAME));
        let composed =
            [given.as_str(), &infix, &surname].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
        let name = if full.is_empty() { composed } else { full };
        if name.is_empty() || (surname.is_empty() && self.columns.contains(&Some(of(Detail::Surname)))) && name == given
        {
            let at = if self.columns.contains(&Some(of(Detail::Surname))) { Detail::Surname } else { Detail::FullName };
            self.refuse(of(at), CellMistake::NameMissing);
        }
        let first = || name.split_whitespace().next().unwrap_or_default().to_owned();
        let given_name = if given.is_empty() { first() } else { given };
        let email = self.email(n, &given_name);
        let language = match self.cell(of(Detail::Language)).to_lowercase().as_str() {
            "" => None,
            "nl" | "nederlands" | "dutch" | "n" => Some(Language::Nl),
            "en" | "engels" | "english" | "e" => Some(Language::En),
            _ => {
                self.refuse(of(Detail::Language), CellMistake::LanguageUnknown);
                None
            }
        };
        let phone = self.detail(n, Detail::Phone, DetailField::Phone);
        let bsn = self.detail(n, Detail::Bsn, DetailField::Bsn);
        Some(WantedPerson { name, given_name, email, language, phone, bsn })
    }

    fn email(&mut self, n: usize, given_name: &str) -> String {
        let field = Field::Of(n, Detail::Email);
        let text = self.cell(field);
        let mistake = match DetailField::Email.read(text) {
            Ok(email) => return email,
            Err(DetailMistake::Empty) => CellMistake::EmailMissing(given_name.to_owned()),
            Err(_) if text.matches('@').count() > 1 => CellMistake::TwoAtSigns,
            Err(_) => CellMistake::EmailMalformed,
        };
        self.refuse(field, mistake);
        String::new()
    }
}

/// Returns a number with the zero at its start that spreadsheets remove.
fn whole(text: &str) -> String {
    let is_short = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if is_short { format!("0{text}") } else { text.to_owned() }
}

/// Returns the cell in the column of a field; an empty text if there is no such column.
pub fn cell<'c>(columns: &[Option<Field>], cells: &'c [String], field: Field) -> &'c str {
    let place = columns.iter().position(|column| *column == Some(field));
    place.and_then(|place| cells.get(place)).map_or("", String::as_str)
}

/// Reads a row. Returns what it asks for, and what is wrong with it regardless of other rows.
pub fn read(columns: &[Option<Field>], cells: &[String], advisors: &[Advisor]) -> (Wanted, Vec<Problem>) {
    let mut row = Row { columns, cells, problems: Vec::new() };
    let more = cells.iter().skip(columns.len()).filter(|cell| !cell.is_empty()).count();
    if more > 0 {
        row.problems.push(Problem { field: String::new(), mistake: CellMistake::TooManyCells(more) });
    }
    let number = row.cell(Field::Number);
    if number.is_empty() {
        row.refuse(Field::Number, CellMistake::NumberMissing);
    } else if !is_number(number) {
        row.refuse(Field::Number, CellMistake::NumberMalformed);
    }
    let name = row.name(Field::Name, LONGEST_NAME);
    let mut people: Vec<_> = row.person(0).into_iter().collect();
    people.extend(row.person(1));
    if people.is_empty() {
        row.refuse(Field::Of(0, Detail::FullName), CellMistake::NameMissing);
    }
    let wanted = row.cell(Field::Advisor);
    let called = |a: &&Advisor| [&a.name, &a.given_name, &a.email].into_iter().any(|n| n.eq_ignore_ascii_case(wanted));
    let advisor = advisors.iter().find(called).map(|a| a.id);
    if advisor.is_none() && !wanted.is_empty() {
        row.refuse(Field::Advisor, CellMistake::AdvisorUnknown);
    }
    let tags = tags_of(row.cell(Field::Tags));
    if !tags_fit(&tags) {
        row.refuse(Field::Tags, CellMistake::TooManyTags);
    }
    let name = Some(name).filter(|name| !name.is_empty());
    let numbers = NUMBERS.into_iter().filter_map(|kind| row.tax_number(kind)).collect();
    (Wanted { number: number.to_owned(), name, advisor, tags, people, numbers }, row.problems)
}
