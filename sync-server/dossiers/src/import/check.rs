//! Checks rows against what is known of the firm and against each other.
//! Pure: what is known about the firm is passed in.

use super::{
    change::changes,
    columns::{Detail, Field},
    row::{CellMistake, Problem, read},
};
use model::id::ClientId;
use std::collections::HashMap;
use storage::db::{Advisor, ImportVerdict, KnownClient, KnownNumber};

/// Everything about a firm that rows are checked against.
pub struct Firm {
    clients: HashMap<String, KnownClient>,
    /// The number of the client that has this mail address.
    mails: HashMap<String, String>,
    /// The known numbers of taxpayers, of each client.
    tax_numbers: HashMap<ClientId, Vec<KnownNumber>>,
    /// The number of the client that has this number of a taxpayer.
    owners: HashMap<String, String>,
    pub advisors: Vec<Advisor>,
}

impl Firm {
    /// Indexes what was read from the database.
    pub fn new(clients: Vec<KnownClient>, numbers: Vec<KnownNumber>, advisors: Vec<Advisor>) -> Self {
        let called: HashMap<_, _> = clients.iter().map(|c| (c.client.id, &c.client.number)).collect();
        let owner = |known: &KnownNumber| Some((known.number.clone(), (*called.get(&known.client)?).clone()));
        let owners = numbers.iter().filter_map(owner).collect();
        let mut tax_numbers = HashMap::<_, Vec<_>>::new();
        for number in numbers {
            tax_numbers.entry(number.client).or_default().push(number);
        }
        let people = clients.iter().flat_map(|c| c.people.iter().map(|p| (&p.row.email, &c.client.number)));
        let mails = people.map(|(email, number)| (email.to_lowercase(), number.clone())).collect();
        let clients = clients.into_iter().map(|c| (c.client.number.clone(), c)).collect();
        Self { clients, mails, tax_numbers, owners, advisors }
    }

    fn numbers_of(&self, client: &KnownClient) -> &[KnownNumber] {
        self.tax_numbers.get(&client.client.id).map_or(&[], Vec::as_slice)
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
    tax_numbers: HashMap<String, (u32, String)>,
}

impl<'f> Judge<'f> {
    /// Prepares to check the first row.
    pub fn new(firm: &'f Firm, columns: &'f [Option<Field>]) -> Self {
        Self { firm, columns, numbers: HashMap::new(), mails: HashMap::new(), tax_numbers: HashMap::new() }
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
        for (field, number) in wanted.tax_numbers() {
            let known = self.firm.owners.get(number).filter(|owner| **owner != wanted.number);
            let mistake = match (self.tax_numbers.get(number), known) {
                (Some((first, owner)), _) if *owner != wanted.number => Some(CellMistake::TaxNumberTwice(*first)),
                (_, Some(owner)) => Some(CellMistake::TaxNumberKnown(owner.clone())),
                _ => None,
            };
            problems.extend(mistake.map(|mistake| Problem { field: field.word(), mistake }));
            self.tax_numbers.entry(number.to_owned()).or_insert((line, wanted.number.clone()));
        }
        let verdict = match self.firm.client(&wanted.number) {
            _ if problems.iter().any(|p| !p.mistake.warns()) => ImportVerdict::Wrong,
            Some(known) if changes(known, self.firm.numbers_of(known), &wanted, &self.firm.advisors).is_empty() => {
                ImportVerdict::Same
            }
            Some(_) => ImportVerdict::Exists,
            None if !problems.is_empty() => ImportVerdict::Double,
            None => ImportVerdict::New,
        };
        (verdict, problems)
    }
}
