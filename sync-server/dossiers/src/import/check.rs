//! Checks rows against what is known of the firm and against each other.
//! Pure: what is known about the firm is passed in.

use super::{
    change::changes,
    columns::{Detail, Field},
    row::{CellMistake, Problem, read},
};
use std::collections::HashMap;
use storage::db::{Advisor, ImportVerdict, KnownClient};

/// Everything about a firm that rows are checked against.
pub struct Firm {
    clients: HashMap<String, KnownClient>,
    /// The number of the client that has this mail address.
    mails: HashMap<String, String>,
    pub advisors: Vec<Advisor>,
}

impl Firm {
    /// Indexes what was read from the database.
    pub fn new(clients: Vec<KnownClient>, advisors: Vec<Advisor>) -> Self {
        let people = clients.iter().flat_map(|c| c.people.iter().map(|p| (&p.row.email, &c.client.number)));
        let mails = people.map(|(email, number)| (email.to_lowercase(), number.clone())).collect();
        Self { clients: clients.into_iter().map(|c| (c.client.number.clone(), c)).collect(), mails, advisors }
    }

    /// Returns the client with this number.
    pub fn client(&self, number: &str) -> Option<&KnownClient> {
        self.clients.get(number)
    }
}

/// Checks rows in their order: if two rows ask for the same, the first one is right.
pub struct Judge<'f> {
    firm: &'f Firm,
    columns: &'f [Option<Field>],
    numbers: HashMap<String, u32>,
    mails: HashMap<String, (u32, String)>,
}

impl<'f> Judge<'f> {
    /// Prepares to check the first row.
    pub fn new(firm: &'f Firm, columns: &'f [Option<Field>]) -> Self {
        Self { firm, columns, numbers: HashMap::new(), mails: HashMap::new() }
    }

    /// Checks the next row. Returns its verdict and what is wrong with it.
    pub fn judge(&mut self, line: u32, cells: &[String]) -> (ImportVerdict, Vec<Problem>) {
        let (wanted, mut problems) = read(self.columns, cells, &self.firm.advisors);
        if !wanted.number.is_empty() {
            match self.numbers.get(&wanted.number) {
                Some(first) => {
                    problems.push(Problem { field: Field::Number.word(), mistake: CellMistake::NumberTwice(*first) });
                }
                None => {
                    self.numbers.insert(wanted.number.clone(), line);
                }
            }
        }
        for (n, person) in wanted.people.iter().enumerate().filter(|(_, p)| !p.email.is_empty()) {
            let address = person.email.to_lowercase();
            let known = self.firm.mails.get(&address).filter(|number| **number != wanted.number);
            let mistake = match (self.mails.get(&address), known) {
                // Two partners in one row may share an address.
                (Some((first, number)), _) if *number != wanted.number => Some(CellMistake::EmailTwice(*first)),
                (_, Some(number)) => Some(CellMistake::EmailKnown(number.clone())),
                _ => None,
            };
            problems.extend(mistake.map(|mistake| Problem { field: Field::Of(n, Detail::Email).word(), mistake }));
            self.mails.entry(address).or_insert((line, wanted.number.clone()));
        }
        let verdict = match self.firm.client(&wanted.number) {
            _ if problems.iter().any(|p| !p.mistake.warns()) => ImportVerdict::Wrong,
            Some(known) if changes(known, &wanted, &self.firm.advisors).is_empty() => ImportVerdict::Same,
            Some(_) => ImportVerdict::Exists,
            None if !problems.is_empty() => ImportVerdict::Double,
            None => ImportVerdict::New,
        };
        (verdict, problems)
    }
}
