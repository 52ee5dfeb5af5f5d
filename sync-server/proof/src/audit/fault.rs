//! The reasons why a log is not intact, in words.

use model::{id::FirmId, language::Language};
use std::fmt;

/// The reasons why a log is not intact. Where a chain is named, `None` is that of the installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditFault {
    /// The text is no export.
    Format,
    /// The end of the export is missing or was changed.
    End,
    /// The lines are not those that were sealed.
    Lines,
    /// The chains of a whole log are not that of the installation and one of each firm that it names.
    Chains,
    /// An event is unreadable, missing or out of order.
    Row(Option<FirmId>, u64),
    /// An event of another chain stands in this one.
    Foreign(Option<FirmId>, u64),
    /// An event, or one before it, was changed.
    Changed(Option<FirmId>, u64),
    /// The text is no checkpoint, or it was changed.
    Checkpoint,
    /// The chain has fewer events than at a checkpoint.
    Cut { firm: Option<FirmId>, had: u64, has: u64 },
    /// An event is another one than at a checkpoint.
    Rewritten(Option<FirmId>, u64),
    /// The checkpoint is of a chain that a firm's export does not contain.
    OtherChain,
    /// The checkpoint is sealed with another key than the log.
    OtherSeal,
}

impl std::error::Error for AuditFault {}

impl fmt::Display for AuditFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Language::En))
    }
}

impl AuditFault {
    /// Returns the fault in words.
    pub fn sentence(self, language: Language) -> String {
        match language {
            Language::Nl => self.in_dutch(),
            Language::En => self.in_english(),
        }
    }

    fn in_english(self) -> String {
        let of = |firm: Option<FirmId>| firm.map_or("the installation".to_owned(), |firm| format!("firm {firm}"));
        match self {
            Self::Format => "this is no export of the audit log".to_owned(),
            Self::End => "the end is missing or was changed: the file was cut, or its seal does not fit".to_owned(),
            Self::Lines => "the lines are not those that were sealed".to_owned(),
            Self::Chains => "the chains are not that of the installation and one of each firm in it".to_owned(),
            Self::Row(firm, number) => {
                format!("event {number} of {} is unreadable, missing or out of order", of(firm))
            }
            Self::Foreign(firm, number) => format!("event {number} of {} is from another chain", of(firm)),
            Self::Changed(firm, number) => format!("event {number} of {} or one before it was changed", of(firm)),
            Self::Checkpoint => "this is no checkpoint, or it was changed".to_owned(),
            Self::Cut { firm, had, has } => {
                format!("the log of {} was cut: at a checkpoint it had {had} events, now {has}", of(firm))
            }
            Self::Rewritten(firm, number) => {
                format!("the log of {} was written anew: event {number} is another than at a checkpoint", of(firm))
            }
            Self::OtherChain => "the checkpoint is of another firm or of the installation".to_owned(),
            Self::OtherSeal => "the checkpoint is sealed with another key than the log".to_owned(),
        }
    }

    fn in_dutch(self) -> String {
        let of = |firm: Option<FirmId>| firm.map_or("de installatie".to_owned(), |firm| format!("kantoor {firm}"));
        match self {
            Self::Format => "dit is geen export van het auditlog".to_owned(),
            Self::End => {
                "het einde ontbreekt of is veranderd: het bestand is afgekapt, of het zegel past niet".to_owned()
            }
            Self::Lines => "de regels zijn niet die welke zijn verzegeld".to_owned(),
            Self::Chains => "de ketens zijn niet die van de installatie en van elk kantoor daarin".to_owned(),
            Self::Row(firm, number) => {
                format!("gebeurtenis {number} van {} is onleesbaar, ontbreekt of staat niet op haar plaats", of(firm))
            }
            Self::Foreign(firm, number) => format!("gebeurtenis {number} van {} komt uit een andere keten", of(firm)),
            Self::Changed(firm, number) => {
                format!("gebeurtenis {number} van {} of een eerdere is veranderd", of(firm))
            }
            Self::Checkpoint => "dit is geen controlepunt, of het is veranderd".to_owned(),
            Self::Cut { firm, had, has } => {
                format!(
                    "het log van {} is afgekapt: bij een controlepunt waren er {had} gebeurtenissen, nu {has}",
                    of(firm)
                )
            }
            Self::Rewritten(firm, number) => {
                format!(
                    "het log van {} is herschreven: gebeurtenis {number} is een andere dan bij een controlepunt",
                    of(firm)
                )
            }
            Self::OtherChain => "het controlepunt is van een ander kantoor of van de installatie".to_owned(),
            Self::OtherSeal => "het controlepunt is verzegeld met een andere sleutel dan het log".to_owned(),
        }
    }
}
