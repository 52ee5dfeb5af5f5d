//! Compares a log with checkpoints, and says the result in words.

use super::{
    chain::{Chain, Log},
    checkpoint::Checkpoint,
    export::verify,
    fault::AuditFault,
};
use crate::seal::Lineage;
use model::language::Language;

/// A log that is intact, and what it was compared with.
pub struct Checked {
    log: Log,
    checkpoints: Vec<Checkpoint>,
    /// The number of checkpoints stored with the log, which the owner of the log can remove.
    beside: usize,
}

/// Compares a log with checkpoints. Each text in `kept`, which was stored elsewhere, is a checkpoint or an earlier
/// export that has some; those in `beside` are stored with the log. All must have the seal of the log, or one that
/// it took the place of.
pub fn compare(log: Log, seal: &Lineage, kept: &[String], beside: Vec<Checkpoint>) -> Result<Checked, AuditFault> {
    let mut checkpoints = Vec::new();
    for text in kept {
        let mut found = match (Checkpoint::read(text), verify(text)) {
            (Ok(checkpoint), _) => vec![checkpoint],
            (Err(_), Ok(earlier)) if !earlier.checkpoints.is_empty() => earlier.checkpoints,
            (Err(fault), _) => return Err(fault),
        };
        // An export of the whole log has checkpoints of other firms, too.
        found.retain(|checkpoint| checkpoint.concerns(&log));
        if found.is_empty() {
            return Err(AuditFault::OtherChain);
        }
        checkpoints.extend(found);
    }
    let kept = checkpoints.len();
    checkpoints.extend(beside.into_iter().filter(|checkpoint| checkpoint.concerns(&log)));
    checkpoints.iter().try_for_each(|checkpoint| checkpoint.fits_of(&log, seal))?;
    let beside = checkpoints.len() - kept;
    Ok(Checked { log, checkpoints, beside })
}

impl Checked {
    /// Returns the number of chains with events of which there is no checkpoint.
    fn unguarded(&self) -> usize {
        let has_none = |chain: &&Chain| self.checkpoints.iter().all(|point| point.reach.firm != chain.firm);
        self.log.chains().iter().filter(|chain| !chain.rows.is_empty()).filter(has_none).count()
    }
}

/// Returns the result as one sentence.
pub fn sentence(outcome: &Result<Checked, AuditFault>, language: Language) -> String {
    match (outcome, language) {
        (Err(fault), Language::Nl) => format!("KLOPT NIET: {}", fault.sentence(language)),
        (Err(fault), Language::En) => format!("DOES NOT HOLD: {}", fault.sentence(language)),
        (Ok(checked), Language::Nl) => checked.in_dutch(),
        (Ok(checked), Language::En) => checked.in_english(),
    }
}

impl Checked {
    fn in_dutch(&self) -> String {
        let log = match &self.log {
            Log::Firm(chain) => format!("{} gebeurtenissen, de laatste {}", chain.rows.len(), chain.reach().head),
            Log::Whole(chains) => format!("{} gebeurtenissen in {} ketens", number_of_events(chains), chains.len()),
        };
        let points = match self.checkpoints.len() {
            0 => "zonder controlepunt valt niet op dat er een stuk van het einde ontbreekt".to_owned(),
            1 => "past bij 1 controlepunt".to_owned(),
            n => format!("past bij {n} controlepunten"),
        };
        let unguarded = match self.unguarded() {
            n if n > 0 && !self.checkpoints.is_empty() => format!("; ketens zonder controlepunt: {n}"),
            _ => String::new(),
        };
        let limit = if self.has_only_those_beside() {
            "; alle liggen bij het log zelf: houd het ook tegen een van elders (--checkpoint)"
        } else {
            ""
        };
        format!("KLOPT: {log}; {points}{unguarded}{limit}")
    }

    fn in_english(&self) -> String {
        let log = match &self.log {
            Log::Firm(chain) => format!("{} events, the last {}", chain.rows.len(), chain.reach().head),
            Log::Whole(chains) => format!("{} events in {} chains", number_of_events(chains), chains.len()),
        };
        let points = match self.checkpoints.len() {
            0 => "without a checkpoint it does not show that a part of the end is missing".to_owned(),
            1 => "fits 1 checkpoint".to_owned(),
            n => format!("fits {n} checkpoints"),
        };
        let unguarded = match self.unguarded() {
            n if n > 0 && !self.checkpoints.is_empty() => format!("; chains without a checkpoint: {n}"),
            _ => String::new(),
        };
        let limit = if self.has_only_those_beside() {
            "; all lie beside the log itself: hold it against one from elsewhere too (--checkpoint)"
        } else {
            ""
        };
        format!("HOLDS: {log}; {points}{unguarded}{limit}")
    }

    fn has_only_those_beside(&self) -> bool {
        !self.checkpoints.is_empty() && self.checkpoints.len() == self.beside
    }
}

fn number_of_events(chains: &[Chain]) -> usize {
    chains.iter().map(|chain| chain.rows.len()).sum()
}
