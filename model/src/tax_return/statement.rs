//! The statement that a person signs for a tax return. It names the taxpayer, the kind, the period, the result and the
//! capacity of who signs, so that an approval counts for nothing else.

use super::{Capacity, Period, ReturnKind};
use crate::{
    id::TaxReturnId,
    language::Language,
    money::Cents,
    record::{ConsentScope, ResultOf, TaxResult, TaxReturn},
    time::month,
};

/// One return of what is approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name of the taxpayer.
    pub taxpayer: String,
    /// The amount that is received (positive) or paid (negative), if the return has one.
    pub result: Option<Cents>,
    /// The same for the contribution to health insurance (Zvw), if it is apart.
    pub zvw: Option<Cents>,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'s> {
    /// The kind of return.
    pub kind: ReturnKind,
    /// The firm's name for a kind that has none.
    pub name: &'s str,
    /// The period.
    pub period: Period,
    /// The number of the return among those of the same taxpayer, kind and period, counted from 1.
    pub number: u32,
    /// The returns: that of one taxpayer, or those of two fiscal partners who file together.
    pub parts: &'s [Part],
    /// What it covers, if it is a standing consent.
    pub scope: Option<&'s ConsentScope>,
    /// As what the person signs.
    pub capacity: Capacity,
    /// The name of who signs.
    pub signer: &'s str,
    /// The firm's own sentences, with `{stuk}` for *this return*.
    pub of_firm: &'s str,
}

impl<'s> Statement<'s> {
    /// Returns the names and results of the returns of a revision.
    pub fn parts(returns: &[(TaxReturnId, TaxReturn)], results: &[TaxResult]) -> Vec<Part> {
        let result = |id: TaxReturnId, of: ResultOf| {
            results.iter().find(|result| (result.tax_return, result.of) == (id, of)).map(|result| result.amount)
        };
        let part = |(id, tax_return): &(TaxReturnId, TaxReturn)| Part {
            taxpayer: tax_return.taxpayer_name.clone(),
            result: result(*id, ResultOf::Tax),
            zvw: result(*id, ResultOf::Zvw),
        };
        returns.iter().map(part).collect()
    }

    /// Returns the statement about returns, of which `first` has the task.
    pub fn of(first: &'s TaxReturn, parts: &'s [Part], capacity: Capacity, signer: &'s str, of_firm: &'s str) -> Self {
        let TaxReturn { kind, name, period, number, .. } = first;
        Self { kind: *kind, name, period: *period, number: *number, parts, scope: None, capacity, signer, of_firm }
    }

    /// Returns the same statement about a standing consent, if there is a scope.
    pub fn covering(self, scope: Option<&'s ConsentScope>) -> Self {
        Self { scope, ..self }
    }

    /// Returns what is approved: *Aangifte omzetbelasting, 2e kwartaal 2026, van Jansen BV*.
    pub fn subject(&self, language: Language) -> String {
        let kind = if self.kind == ReturnKind::Other { self.name } else { self.kind.name(language) };
        let mut subject = capitalised(kind);
        if self.number > 1 {
            subject.push_str(&match language {
                Language::Nl => format!(" nummer {}", self.number),
                Language::En => format!(" number {}", self.number),
            });
        }
        let names: Vec<_> = self.parts.iter().map(|part| part.taxpayer.as_str()).collect();
        let period = self.period.name(language);
        match language {
            Language::Nl => format!("{subject}, {period}, van {}", names.join(" en ")),
            Language::En => format!("{subject}, {period}, of {}", names.join(" and ")),
        }
    }

    /// Returns the whole statement.
    pub fn text(&self, language: Language) -> String {
        let mut text = self.facts(language);
        let of_firm = self.of_firm.replace("{stuk}", &self.kind.noun().this(language));
        if !of_firm.trim().is_empty() {
            text.push(' ');
            text.push_str(of_firm.trim());
        }
        text
    }

    /// Returns the part of the statement that does not depend on the firm.
    pub fn facts(&self, language: Language) -> String {
        let mut text = self.subject(language);
        text.push('.');
        for part in self.parts {
            let results = [(part.result, None), (part.zvw, Some("Zvw"))];
            for (amount, of) in results.into_iter().filter_map(|(amount, of)| Some((amount?, of))) {
                text.push(' ');
                text.push_str(&result(language, &part.taxpayer, of, amount));
            }
        }
        if let Some(scope) = self.scope {
            text.push(' ');
            text.push_str(&scope_sentences(language, scope));
        }
        text.push(' ');
        text.push_str(&self.signer_sentence(language));
        text
    }

    fn signer_sentence(&self, language: Language) -> String {
        let (signer, capacity) = (self.signer, self.capacity.name(language));
        let division = self.parts.len() > 1;
        match (language, division) {
            (Language::Nl, false) => format!("Ik, {signer}, ga akkoord als {capacity}."),
            (Language::Nl, true) => format!(
                "Ik, {signer}, ga akkoord als {capacity}, ook met de verdeling van de gezamenlijke posten tussen ons."
            ),
            (Language::En, false) => format!("I, {signer}, agree as {capacity}."),
            (Language::En, true) => {
                format!("I, {signer}, agree as {capacity}, also with the division of shared items between us.")
            }
        }
    }
}

fn scope_sentences(language: Language, scope: &ConsentScope) -> String {
    let kinds: Vec<_> = scope.kinds.iter().map(|kind| kind.name(language)).collect();
    let (kinds, until) = (kinds.join(", "), scope.until);
    let until = format!("{} {} {}", until.day(), month(until.month(), language), until.year());
    match language {
        Language::Nl => format!(
            "Tot en met {until} mag zonder mijn akkoord vooraf worden ingediend: {kinds}. Ik kan dit altijd intrekken."
        ),
        Language::En => {
            format!(
                "Up to and including {until} the following may be filed without my prior approval: {kinds}. I can withdraw \
                 this at any time."
            )
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn result(language: Language, taxpayer: &str, of: Option<&str>, amount: Cents) -> String {
    let what = match (language, amount.0) {
        (Language::Nl, 0) => "niets te betalen of te ontvangen".to_owned(),
        (Language::En, 0) => "nothing to pay or to receive".to_owned(),
        (Language::Nl, 1..) => format!("te ontvangen € {}", amount.abs().plain()),
        (Language::En, 1..) => format!("to receive € {}", amount.abs().plain()),
        (Language::Nl, _) => format!("te betalen € {}", amount.abs().plain()),
        (Language::En, _) => format!("to pay € {}", amount.abs().plain()),
    };
    match of {
        Some(of) => format!("{taxpayer}, {of}: {what}."),
        None => format!("{taxpayer}: {what}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(taxpayer: &str, result: Option<i64>) -> Part {
        Part { taxpayer: taxpayer.to_owned(), result: result.map(Cents), zvw: None }
    }

    #[test]
    fn a_statement_names_all_that_is_approved() {
        let parts = [part("Jansen Bouw BV", Some(-128_400))];
        let statement = Statement {
            kind: ReturnKind::SuppletieOb,
            name: "",
            period: "2026-Q2".parse().unwrap(),
            number: 2,
            parts: &parts,
            scope: None,
            capacity: Capacity::Director,
            signer: "Marieke Jansen",
            of_firm: "Ik heb {stuk} gelezen. Wilgenhof mag {stuk} indienen.",
        };
        assert_eq!(
            statement.text(Language::Nl),
            "Suppletie omzetbelasting nummer 2, 2e kwartaal 2026, van Jansen Bouw BV. Jansen Bouw BV: te betalen € 1.284. \
             Ik, Marieke Jansen, ga akkoord als bestuurder. Ik heb deze suppletie gelezen. Wilgenhof mag deze suppletie indienen."
        );
        let parts = [part("Marieke Jansen", Some(128_400)), part("Thomas Jansen", None)];
        let joint = Statement {
            kind: ReturnKind::Ib,
            period: "2025".parse().unwrap(),
            number: 1,
            parts: &parts,
            capacity: Capacity::Partner,
            signer: "Thomas Jansen",
            of_firm: "",
            ..statement
        };
        assert_eq!(
            joint.text(Language::En),
            "Income tax return, 2025, of Marieke Jansen and Thomas Jansen. Marieke Jansen: to receive € 1.284. \
             I, Thomas Jansen, agree as fiscal partner, also with the division of shared items between us."
        );
    }

    #[test]
    fn a_standing_consent_names_what_it_covers() {
        let parts = [part("Jansen Bouw BV", None)];
        let scope = ConsentScope { kinds: vec![ReturnKind::Ob, ReturnKind::Icp], until: "2027-03-31".parse().unwrap() };
        let statement = Statement {
            kind: ReturnKind::StandingConsent,
            name: "",
            period: "2026".parse().unwrap(),
            number: 1,
            parts: &parts,
            scope: Some(&scope),
            capacity: Capacity::Director,
            signer: "Marieke Jansen",
            of_firm: "",
        };
        assert_eq!(
            statement.text(Language::Nl),
            "Vaste toestemming, 2026, van Jansen Bouw BV. Tot en met 31 maart 2027 mag zonder mijn akkoord vooraf worden \
             ingediend: aangifte omzetbelasting, opgaaf intracommunautaire prestaties. Ik kan dit altijd intrekken. \
             Ik, Marieke Jansen, ga akkoord als bestuurder."
        );
        let others = [
            ConsentScope { kinds: vec![ReturnKind::Ob], ..scope.clone() },
            ConsentScope { kinds: vec![ReturnKind::Ob, ReturnKind::Lh], ..scope.clone() },
            ConsentScope { until: "2027-04-01".parse().unwrap(), ..scope.clone() },
        ];
        for language in [Language::Nl, Language::En] {
            let with = |scope| Statement { scope: Some(scope), ..statement.clone() }.text(language);
            assert!(others.iter().all(|other| with(other) != with(&scope)));
        }
    }

    #[test]
    fn statements_differ_where_anything_differs() {
        let parts = [part("Marieke Jansen", Some(100))];
        let other_parts = [part("Thomas Jansen", Some(100))];
        let other_result = [part("Marieke Jansen", Some(-100))];
        let base = Statement {
            kind: ReturnKind::Ob,
            name: "",
            period: "2026-Q2".parse().unwrap(),
            number: 1,
            parts: &parts,
            scope: None,
            capacity: Capacity::Taxpayer,
            signer: "Marieke Jansen",
            of_firm: "",
        };
        let others = [
            Statement { kind: ReturnKind::Icp, ..base.clone() },
            Statement { period: "2026-Q3".parse().unwrap(), ..base.clone() },
            Statement { number: 2, ..base.clone() },
            Statement { parts: &other_parts, ..base.clone() },
            Statement { parts: &other_result, ..base.clone() },
            Statement { capacity: Capacity::LegalRepresentative, ..base.clone() },
            Statement { signer: "Thomas Jansen", ..base.clone() },
        ];
        for language in [Language::Nl, Language::En] {
            assert!(others.iter().all(|other| other.text(language) != base.text(language)));
        }
    }
}
