//! The firm's records about tax returns: what is to be approved, by whom, and what became of it.

use super::DeliveredFile;
use crate::{
    approval::Nonce,
    id::*,
    language::Language,
    money::Cents,
    tax_return::{Capacity, Period, ReturnKind},
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// Whose return it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taxpayer {
    /// A person of the client, who may have died.
    Person(PersonId),
    /// The client itself, which is a company.
    Company,
}

/// A tax return: one of a taxpayer, a kind and a period. Keyed by [`TaxReturnId`]; it is overwritten when its days
/// change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxReturn {
    /// Whose return it is.
    pub taxpayer: Taxpayer,
    /// The taxpayer's name, as it was when the return was first set out.
    #[serde(deserialize_with = "crate::text::line")]
    pub taxpayer_name: String,
    /// The kind of return.
    pub kind: ReturnKind,
    /// The firm's name for what is of no known kind.
    #[serde(default, deserialize_with = "crate::text::line", skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The period.
    pub period: Period,
    /// The number of the return among those of the same taxpayer, kind and period, counted from 1.
    pub number: u32,
    /// The day until which the tax authority waits for it, if it was postponed (uitstel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postponed_until: Option<Date>,
    /// The moment at which it was first set out.
    pub at: Timestamp,
}

impl TaxReturn {
    /// Returns true if both are of one taxpayer, kind and period.
    pub fn is_alike(&self, other: &Self) -> bool {
        (self.taxpayer, self.kind, &self.name, self.period) == (other.taxpayer, other.kind, &other.name, other.period)
    }

    /// Returns what it is called, without its taxpayer: *Aangifte OB 2e kwartaal 2026*, *Suppletie OB maart 2026 (2)*.
    pub fn title(&self, language: Language) -> String {
        let kind = if self.kind == ReturnKind::Other { self.name.clone() } else { self.kind.title(language) };
        let period = self.period.name(language);
        if self.number > 1 { format!("{kind} {period} ({})", self.number) } else { format!("{kind} {period}") }
    }
}

/// A key figure of a tax return, with last year's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The name of the figure.
    #[serde(deserialize_with = "crate::text::line")]
    pub label: String,
    /// The amount in the year of the return.
    pub this_year: Cents,
    /// The amount of the year before, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_year: Option<Cents>,
}

/// What an amount is the result of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResultOf {
    /// The tax itself.
    Tax,
    /// The contribution to health insurance (Zvw), which comes with income tax.
    Zvw,
}

/// The amount that a return comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaxResult {
    /// The return.
    pub tax_return: TaxReturnId,
    /// What it is the result of.
    pub of: ResultOf,
    /// The amount that is received (positive) or paid (negative).
    pub amount: Cents,
}

/// How many of those who are asked have to approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enough {
    /// All of them.
    #[default]
    All,
    /// One of them, such as a director who may act alone.
    One,
}

/// On what ground the firm files a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Those who are asked approve it.
    #[default]
    Approval,
    /// It is only to be read, so that nobody is asked to approve it.
    Information,
    /// A standing consent covers it, which was signed as this revision has it. It is to be read, too.
    StandingConsent(RevisionId),
}

impl Basis {
    fn is_approval(&self) -> bool {
        *self == Self::Approval
    }
}

/// What a standing consent (vaste toestemming) covers: returns of its taxpayer over periods within its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentScope {
    /// The kinds of return.
    pub kinds: Vec<ReturnKind>,
    /// The last day on which a return can be filed by it.
    pub until: Date,
}

/// A revision of a tax return, or of the returns of two fiscal partners: one exact set of bytes. Keyed by
/// [`RevisionId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revision {
    /// The returns that it is a revision of: one, or those of two fiscal partners who file together. The first one has
    /// the task.
    pub tax_returns: Vec<TaxReturnId>,
    /// The number of the revision, counted from 1.
    pub number: u32,
    /// The PDF.
    pub file: DeliveredFile,
    /// The amounts that the returns come to. A return may have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<TaxResult>,
    /// The most important amounts.
    pub figures: Vec<Figure>,
    /// On what ground it is filed.
    #[serde(default, skip_serializing_if = "Basis::is_approval")]
    pub basis: Basis,
    /// What it covers, if it is a standing consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<ConsentScope>,
    /// How many of those who are asked have to approve.
    #[serde(default)]
    pub enough: Enough,
    /// The revision that was filed and that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<RevisionId>,
    /// The full name of the advisor who prepared it.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment at which it was presented.
    pub at: Timestamp,
}

/// The request to one person for a signature. Keyed by [`super::PerPerson`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalRequest {
    /// The nonce, for single use.
    pub nonce: Nonce,
    /// As what the person is asked. The statement says it, too.
    pub capacity: Capacity,
    /// The person's full name, as the statement has it.
    #[serde(deserialize_with = "crate::text::line")]
    pub signer: String,
    /// The text that the person agrees to, in the person's language.
    #[serde(deserialize_with = "crate::text::lines")]
    pub statement: String,
    /// The people who must have approved before it is this person's turn; empty if
    /// all may sign in any order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<PersonId>,
    /// The moment of the request.
    pub at: Timestamp,
}

/// The replacement of a revision by a newer one. Keyed by [`RevisionId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Void {
    /// The moment of the replacement.
    pub at: Timestamp,
    /// The newer revision.
    pub replaced_by: RevisionId,
}

/// The key of records about one return in one revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerReturn {
    /// The revision.
    pub revision: RevisionId,
    /// The return.
    pub tax_return: TaxReturnId,
}

impl std::fmt::Display for PerReturn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.revision, self.tax_return)
    }
}

impl std::str::FromStr for PerReturn {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (revision, tax_return) = text.split_once('/').ok_or(NotAnId)?;
        Ok(Self { revision: revision.parse()?, tax_return: tax_return.parse()? })
    }
}

/// The filing of a return with the tax authority, as one revision has it. Keyed by [`PerReturn`]; it is overwritten
/// when it is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// The moment of the filing.
    pub at: Timestamp,
    /// The full name of the advisor who marked it.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The reason why it was filed although not all approved; empty if they did.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The moment at which the mark was undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<Timestamp>,
}

impl Filing {
    /// Returns true if the mark was not undone.
    pub fn stands(&self) -> bool {
        self.undone_at.is_none()
    }
}
