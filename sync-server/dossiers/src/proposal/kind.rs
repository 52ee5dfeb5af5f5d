//! The kind of return that a text says it is.

use super::words::Words;
use model::tax_return::ReturnKind::{self, *};

/// The kind, and the place behind the words that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub kind: ReturnKind,
    pub end: usize,
}

/// What returns call themselves. The first phrase in a text counts, and of several at one place the longest.
const PHRASES: &[(ReturnKind, &[&str])] = &[
    (Ib, &["aangifte", "inkomstenbelasting"]),
    (Ib, &["aangifte", "ib"]),
    (Ib, &["ib", "aangifte"]),
    (Ib, &["inkomstenbelasting", "premie", "volksverzekeringen"]),
    (Ib, &["p", "biljet"]),
    (Ib, &["income", "tax", "return"]),
    (IbDeceased, &["f", "biljet"]),
    (IbDeceased, &["f", "formulier"]),
    (IbDeceased, &["aangifte", "f"]),
    (IbMigration, &["m", "biljet"]),
    (IbMigration, &["m", "formulier"]),
    (IbMigration, &["aangifte", "m"]),
    (Vpb, &["aangifte", "vennootschapsbelasting"]),
    (Vpb, &["aangifte", "vpb"]),
    (Vpb, &["vpb", "aangifte"]),
    (Vpb, &["corporation", "tax", "return"]),
    (Vpb, &["corporate", "income", "tax", "return"]),
    (Ob, &["aangifte", "omzetbelasting"]),
    (Ob, &["aangifte", "ob"]),
    (Ob, &["aangifte", "btw"]),
    (Ob, &["btw", "aangifte"]),
    (Ob, &["ob", "aangifte"]),
    (Ob, &["vat", "return"]),
    (Icp, &["opgaaf", "icp"]),
    (Icp, &["icp", "opgaaf"]),
    (Icp, &["opgaaf", "intracommunautaire", "prestaties"]),
    (Icp, &["intracommunautaire", "prestaties"]),
    (Icp, &["ec", "sales", "list"]),
    (SuppletieOb, &["suppletie"]),
    (SuppletieOb, &["suppletieaangifte"]),
    (SuppletieOb, &["vat", "correction"]),
    (Lh, &["aangifte", "loonheffingen"]),
    (Lh, &["aangifte", "loonheffing"]),
    (Lh, &["aangifte", "lh"]),
    (Lh, &["loonaangifte"]),
    (Lh, &["wage", "tax", "return"]),
    (Lh, &["payroll", "tax", "return"]),
    (ProvisionalAssessment, &["verzoek", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["verzoek", "om", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["verzoek", "of", "wijziging", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["verzoek", "wijziging", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["verzoek", "tot", "wijziging", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["wijziging", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["wijziging", "van", "de", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["aanvraag", "voorlopige", "aanslag"]),
    (ProvisionalAssessment, &["request", "provisional", "assessment"]),
    (ProvisionalAssessment, &["request", "for", "a", "provisional", "assessment"]),
    (ProvisionalAssessment, &["change", "of", "the", "provisional", "assessment"]),
    (Gift, &["aangifte", "schenkbelasting"]),
    (Gift, &["schenkingsaangifte"]),
    (Gift, &["gift", "tax", "return"]),
    (Inheritance, &["aangifte", "erfbelasting"]),
    (Inheritance, &["inheritance", "tax", "return"]),
    (Dividend, &["aangifte", "dividendbelasting"]),
    (Dividend, &["dividend", "tax", "return"]),
];

/// The words in the name of a file that say a kind, if its text does not.
const IN_NAMES: &[(ReturnKind, &[&str])] = &[
    (SuppletieOb, &["suppletie", "suppl"]),
    (Icp, &["icp"]),
    (ProvisionalAssessment, &["va"]),
    (Dividend, &["dividend", "dividendbelasting", "div"]),
    (Gift, &["schenk", "schenking", "schenkbelasting"]),
    (Inheritance, &["erf", "erfbelasting"]),
    (Vpb, &["vpb", "vennootschapsbelasting"]),
    (Lh, &["lh", "loonheffingen", "loonaangifte", "loon"]),
    (Ob, &["ob", "btw", "omzetbelasting", "vat"]),
    (IbDeceased, &["f"]),
    (IbMigration, &["m"]),
    (Ib, &["ib", "ih", "inkomstenbelasting"]),
];

/// What says more about a kind, within so many words behind it.
const CLOSER: &[(ReturnKind, ReturnKind, usize, &[&str])] = &[
    (Ob, SuppletieOb, 12, &["suppletie", "correction"]),
    (Ib, IbDeceased, 40, &["overledene", "overledenen", "overleden", "overlijdensdatum", "deceased", "nalatenschap"]),
    (Ib, IbMigration, 40, &["migratie", "emigratie", "immigratie", "migration", "emigration", "immigration"]),
];

/// Returns the kind that a text says first.
pub fn of_text(text: &Words) -> Option<Found> {
    let first = |(kind, phrase): &(ReturnKind, &[&str])| {
        let place = text.find(phrase, 0, usize::MAX)?;
        Some((place, std::cmp::Reverse(phrase.len()), *kind))
    };
    let (place, length, kind) = PHRASES.iter().filter_map(first).min_by_key(|(place, length, _)| (*place, *length))?;
    let end = place + length.0;
    let is_closer = |(of, _, within, words): &&(ReturnKind, ReturnKind, usize, &[&str])| {
        *of == kind && words.iter().any(|word| text.find(&[word], end, end + within).is_some())
    };
    let kind = CLOSER.iter().find(is_closer).map_or(kind, |(_, closer, ..)| *closer);
    Some(Found { kind, end })
}

/// Returns the kind that the name of a file says.
pub fn of_name(name: &Words) -> Option<Found> {
    of_text(name).or_else(|| {
        let has = |words: &[&str]| words.iter().any(|word| name.find(&[word], 0, usize::MAX).is_some());
        IN_NAMES.iter().find(|(_, words)| has(words)).map(|(kind, _)| Found { kind: *kind, end: 0 })
    })
}
