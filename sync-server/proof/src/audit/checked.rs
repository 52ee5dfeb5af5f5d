//! Compares a log with checkpoints, and says the result in words.

use super::{AuditFault, Checkpoint, Log, verify};
use model::language::Language;

/// A log that is intact, and what it was compared with.
pub struct Checked {
    log: Log,
    /// The number of all checkpoints.
    checkpoints: usize,
    /// The number of checkpoints stored with the log, which the owner of the log can remove.
    beside: usize,
}

/// Compares a log with checkpoints. Each text in `kept`, which was stored elsewhere, is a checkpoint or an earlier
/// export that has some; those in `beside` are stored with the log. All must have the seal of the log.
pub fn compare(log: Log, seal: &str, kept: &[String], beside: Vec<Checkpoint>) -> Result<Checked, AuditFault> {
    let mut all = Vec::new();
    for text in kept {
        match (Checkpoint::read(text), verify(text)) {
            (Ok(checkpoint), _) => all.push(checkpoint),
            (Err(_), Ok(earlier)) if !earlier.checkpoints.is_empty() => all.extend(earlier.checkpoints),
            (Err(fault), _) => return Err(fault),
        }
    }
    let count = beside.len();
    all.extend(beside);
    all.iter().try_for_each(|checkpoint| checkpoint.fits_of(&log, seal))?;
    Ok(Checked { log, checkpoints: all.len(), beside: count })
}

/// Returns the result as one sentence.
pub fn sentence(outcome: &Result<Checked, AuditFault>, language: Language) -> String {
    let checked = match (outcome, language) {
        (Err(fault), Language::Nl) => return format!("KLOPT NIET: {}", fault.sentence(language)),
        (Err(fault), Language::En) => return format!("DOES NOT HOLD: {}", fault.sentence(language)),
        (Ok(checked), _) => checked,
    };
    let (rows, head) = (checked.log.lines.len(), checked.log.head());
    let only_beside = checked.checkpoints == checked.beside;
    let (chain, points, limit) = match language {
        Language::Nl => (
            format!("KLOPT: {rows} gebeurtenissen, de laatste {head}"),
            match checked.checkpoints {
                0 => "zonder controlepunt valt niet op dat er een stuk van het einde ontbreekt".to_owned(),
                1 => "past bij 1 controlepunt".to_owned(),
                n => format!("past bij {n} controlepunten"),
            },
            "; alle liggen bij het log zelf: houd het ook tegen een van elders (--checkpoint)",
        ),
        Language::En => (
            format!("HOLDS: {rows} events, the last {head}"),
            match checked.checkpoints {
                0 => "without a checkpoint it does not show that a part of the end is missing".to_owned(),
                1 => "fits 1 checkpoint".to_owned(),
                n => format!("fits {n} checkpoints"),
            },
            "; all lie beside the log itself: hold it against one from elsewhere too (--checkpoint)",
        ),
    };
    format!("{chain}; {points}{}", if checked.checkpoints > 0 && only_beside { limit } else { "" })
}
